import { CsrError, type Selector, type SpiffeId } from '@signet/core';
import type { IssuedX509Svid } from '../ca/certificate-authority.ts';
import { ttlOrDefault } from './decide-issuance.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { agentTexts, refusalOf } from './refusal.ts';

/** An agent that was admitted and now gets its SVID. */
export interface AgentSvidRequest {
  readonly agentId: SpiffeId;
  /** Untrusted; only its key is used, and only when the CSR proves possession of it. */
  readonly csrDer: Uint8Array;
  readonly by: 'attestation' | 'renewal';
  /** The node's, as the attestor found them. */
  readonly selectors: readonly Selector[];
}

/**
 * Issues the X.509-SVID of an attested agent.
 *
 * @throws {CsrError} `ERR_CSR_*`, `ERR_KEY_*` with `failed to parse CSR: …`.
 * @throws {AuthorityError} `ERR_SIGNING_*`, `ERR_AUTHORITY_*` with `failed to sign X509 SVID: …`.
 * @spec SPIRE Agent API, AttestAgent and RenewAgent
 */
export async function issueAgentSvid(request: AgentSvidRequest, deps: IssuanceDeps): Promise<IssuedX509Svid> {
  if (request.csrDer.length === 0) throw new CsrError('ERR_CSR_MISSING', 'missing CSR');
  const ttl = ttlOrDefault(deps.settings.agentTtl, deps.settings.defaultX509SvidTtl);
  const { agentId, csrDer, by, selectors } = request;
  const names = { spiffeId: agentId, dnsNames: [] };
  const origin = { by, agentId, selectors };
  const outcome = await deps.authority.signX509Svid({ csrDer, names, ttl, origin });
  if (!outcome.ok) throw refusalOf(outcome.fault, agentTexts);
  return outcome.svid;
}
