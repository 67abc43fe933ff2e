import { AuthorizationError, SignetError, type SpiffeId } from '@signet/core';
import { type IssuedX509Svid } from '../ca/certificate-authority.ts';
import { type AgentStore } from '../datastore/agent-store.ts';
import { prefixingErrors } from '../error-text.ts';
import { type IssueAgentSvid } from './attest-agent.ts';
import { decimalSerial } from './decimal-serial.ts';

/** The roles that renewing an agent's SVID involves. */
export interface RenewAgentDeps {
  readonly agents: Pick<AgentStore, 'get' | 'renew'>;
  readonly issueAgentSvid: IssueAgentSvid;
}

/**
 * Renews the SVID of an agent that cannot attest again.
 *
 * The new serial becomes the current one when it is first used; until then the former SVID works too.
 *
 * @param csrDer - untrusted; undefined when the request has no params.
 * @throws {SignetError} `ERR_NOT_FOUND`; `ERR_INVALID_ARGUMENT` no params.
 * @throws {AuthorizationError} `ERR_AGENT_MUST_REATTEST`.
 * @throws {CsrError} `ERR_CSR_*`. @throws {AuthorityError} `ERR_SIGNING_*`.
 * @spec spire-server-api §4 RenewAgent
 */
export async function renewAgent(
  agentId: SpiffeId,
  csrDer: Uint8Array | undefined,
  deps: RenewAgentDeps,
): Promise<IssuedX509Svid> {
  const node = await deps.agents.get(agentId);
  if (node === undefined) throw new SignetError('ERR_NOT_FOUND', 'agent not found');
  if (node.canReattest) {
    throw new AuthorizationError('ERR_AGENT_MUST_REATTEST', 'agent must reattest instead of renew');
  }
  if (csrDer === undefined) throw new SignetError('ERR_INVALID_ARGUMENT', 'params cannot be nil');
  const { selectors } = node;
  const svid = await deps.issueAgentSvid({ agentId, csrDer, by: 'renewal', selectors });
  const renewal = { serialNumber: decimalSerial(svid.serialHex), expiresAt: svid.expiresAt };
  await prefixingErrors('failed to update agent', deps.agents.renew(agentId, renewal));
  return svid;
}
