import {
  AttestationError,
  isAgentId,
  isServerId,
  type Selector,
  type SpiffeId,
  type TrustDomain,
} from '@signet/core';
import { type Logger } from '@signet/daemon';
import { type NodeAttestation, type ServerNodeAttestor } from '@signet/plugins';
import { type IssuedX509Svid } from '../ca/certificate-authority.ts';
import { type AgentStore, isBanned } from '../datastore/agent-store.ts';
import { prefixingErrors } from '../error-text.ts';
import { decimalSerial } from './decimal-serial.ts';

/** Longest an attestation may take, challenges included, milliseconds. */
const ATTESTATION_MS = 60_000;

/** What an agent presents. */
export interface AttestAgentInput {
  readonly type: string;
  /** Untrusted, not empty. */
  readonly payload: Uint8Array;
  /** Untrusted. */
  readonly csrDer: Uint8Array;
  /** IP address of the agent's connection, when it came over TCP. */
  readonly peerAddress?: string;
  readonly signal: AbortSignal;
  /** Sends a challenge to the agent and resolves to its response. */
  challenge(challenge: Uint8Array): Promise<Uint8Array>;
}

/** An agent that was admitted. */
export interface AttestedAgent {
  readonly agentId: SpiffeId;
  readonly svid: IssuedX509Svid;
  readonly canReattest: boolean;
}

/** Signs an agent's SVID for a CSR. */
export type IssueAgentSvid = (request: {
  readonly agentId: SpiffeId;
  readonly csrDer: Uint8Array;
  readonly by: 'attestation' | 'renewal';
  readonly selectors: readonly Selector[];
}) => Promise<IssuedX509Svid>;

/** The roles that admitting an agent involves. */
export interface AttestAgentDeps {
  readonly trustDomain: TrustDomain;
  /** By attestation type. */
  readonly attestors: ReadonlyMap<string, ServerNodeAttestor>;
  readonly agents: Pick<AgentStore, 'get' | 'saveAttestation'>;
  readonly issueAgentSvid: IssueAgentSvid;
  readonly log: Logger;
}

/**
 * Admits an agent: its attestor judges the evidence, then its SVID is signed and its node row written.
 *
 * A join token is gone once it was looked at, whatever happens next. The row is written after signing: what a crash
 * in between leaves is an SVID that no row knows, which is of no use to anyone.
 *
 * @throws {AttestationError} `ERR_ATTESTOR_NOT_CONFIGURED`; `ERR_ATTESTATION_AGENT_ID` the attestor gave an ID that is
 *   not an agent's; `ERR_PERMISSION_DENIED` banned; and the attestor's own.
 * @throws {CsrError} `ERR_CSR_*`. @throws {AuthorityError} `ERR_SIGNING_*`. @throws {StoreError}
 * @spec spire-server-api §4.1
 */
export async function attestAgent(input: AttestAgentInput, deps: AttestAgentDeps): Promise<AttestedAgent> {
  const attestation = await judge(input, deps);
  requireUsableId(attestation.agentId, input.type, deps);
  await requireNotBanned(attestation.agentId, deps);
  const svid = await deps.issueAgentSvid({
    agentId: attestation.agentId,
    csrDer: input.csrDer,
    by: 'attestation',
    selectors: attestation.selectors,
  });
  await prefixingErrors(
    'failed to attest',
    deps.agents.saveAttestation({
      id: attestation.agentId,
      attestationType: input.type,
      serialNumber: decimalSerial(svid.serialHex),
      expiresAt: svid.expiresAt,
      canReattest: attestation.canReattest,
      selectors: attestation.selectors,
    }),
  );
  return { agentId: attestation.agentId, svid, canReattest: attestation.canReattest };
}

async function judge(input: AttestAgentInput, deps: AttestAgentDeps): Promise<NodeAttestation> {
  const attestor = deps.attestors.get(input.type);
  if (attestor === undefined) {
    throw new AttestationError(
      'ERR_ATTESTOR_NOT_CONFIGURED',
      `error getting node attestor: could not find node attestor type "${input.type}"`,
    );
  }
  return withinTime((timeout) =>
    attestor.attest(input.payload, {
      challenge: (challenge) => input.challenge(challenge),
      signal: AbortSignal.any([input.signal, timeout]),
      ...(input.peerAddress !== undefined && { peerAddress: input.peerAddress }),
      isAttested: async (agentId) => (await deps.agents.get(agentId)) !== undefined,
    }),
  );
}

// An agent that never answers its challenge must not hold its stream, and what the attestor keeps for it, for ever.
async function withinTime<T>(work: (timeout: AbortSignal) => Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(ATTESTATION_MS);
  const tooLate = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => {
      reject(new AttestationError('ERR_UNAVAILABLE', 'the attestation took too long'));
    });
  });
  return Promise.race([work(timeout), tooLate]);
}

function requireUsableId(agentId: SpiffeId, type: string, deps: AttestAgentDeps): void {
  if (isServerId(agentId)) {
    throw new AttestationError('ERR_ATTESTATION_AGENT_ID', 'agent ID cannot collide with the server ID');
  }
  if (!agentId.memberOf(deps.trustDomain) || !isAgentId(agentId)) {
    throw new AttestationError(
      'ERR_ATTESTATION_AGENT_ID',
      'the node attestor gave an ID that is not an agent ID',
    );
  }
  if (!agentId.path.startsWith(`/spire/agent/${type}/`)) {
    deps.log.warn('Agent ID is outside of the namespace of its node attestor', {
      agent_id: agentId.uri,
      node_attestor_type: type,
    });
  }
}

async function requireNotBanned(agentId: SpiffeId, deps: AttestAgentDeps): Promise<void> {
  const node = await deps.agents.get(agentId);
  if (node !== undefined && isBanned(node)) {
    throw new AttestationError('ERR_PERMISSION_DENIED', 'failed to attest: agent is banned');
  }
}
