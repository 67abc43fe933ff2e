import {
  AgentError,
  isAgentId,
  parseCertificate,
  parseSpiffeId,
  SvidError,
  type TrustDomain,
  verifyX509Svid,
  type X509BundleSource,
  type UnixSeconds,
} from '@signet/core';
import type { ManagedKey } from '@signet/plugins';
import type { AgentIdentity } from './agent-identity.ts';

/** How what the server issued is judged. */
export interface IssuedIdentityCheck {
  readonly trustDomain: TrustDomain;
  readonly bundles: X509BundleSource;
  readonly at: UnixSeconds;
}

/**
 * The agent's identity from what the server issued for it, once it is found to be sound and for this key.
 *
 * @throws {SvidError} why it is not an X509-SVID of the trust domain, or `ERR_X509_SVID_KEY_MISMATCH`.
 * @throws {AgentError} `ERR_FAILED_PRECONDITION` when it is not an agent's.
 */
export function checkIssuedIdentity(
  chainDer: readonly Uint8Array[],
  key: ManagedKey,
  reattestable: boolean,
  check: IssuedIdentityCheck,
): AgentIdentity {
  const { id, chain } = verifyX509Svid(chainDer, { bundles: check.bundles, at: check.at });
  const [leaf] = chain;
  if (leaf === undefined) throw new SvidError('ERR_X509_SVID_EMPTY', 'the server sent no certificate');
  if (Buffer.compare(leaf.spkiDer, key.spkiDer) !== 0) {
    throw new SvidError('ERR_X509_SVID_KEY_MISMATCH', 'the server certified another key');
  }
  if (!id.trustDomain.equals(check.trustDomain) || !isAgentId(id)) {
    throw new AgentError('ERR_FAILED_PRECONDITION', `the server issued "${id.uri}", which is no agent ID`);
  }
  return { id, chainDer, leaf, key, reattestable };
}

/**
 * The agent's identity as it was stored. Trust in it is the server's business: it is only checked to be readable.
 *
 * @throws {X509Error} or {SpiffeIdError} when it is not.
 */
export function storedIdentity(
  chainDer: readonly Uint8Array[],
  key: ManagedKey,
  reattestable: boolean,
): AgentIdentity {
  const leaf = parseCertificate(chainDer[0] as Uint8Array);
  return { id: parseSpiffeId(leaf.uriSans[0] ?? ''), chainDer, leaf, key, reattestable };
}
