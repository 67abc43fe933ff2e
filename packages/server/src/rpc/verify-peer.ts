import {
  AuthorizationError,
  type Certificate,
  type Clock,
  type RevocableCertificate,
  nowSeconds,
  type SpiffeId,
  type TrustDomain,
  verifyX509Svid,
  type X509BundleSource,
} from '@signet/core';
import { type CallerSvid } from '../authz/caller.ts';

/** What the check of client certificates needs. */
export interface VerifyPeerDeps {
  readonly trustDomain: TrustDomain;
  /** SPIFFE IDs of `admin_ids`; the only foreign ones that may connect. */
  readonly adminIds: ReadonlySet<string>;
  /** The bundles as they are now. */
  readonly bundles: X509BundleSource;
  readonly clock: Clock;
  /** Whether a certificate of the own trust domain is revoked. */
  readonly isRevoked: (certificate: RevocableCertificate) => boolean;
}

/**
 * Builds the check that each TLS handshake with a client certificate has to pass.
 *
 * @returns a function from the chain (DER, leaf first) to who the client is; it throws to refuse the handshake.
 * @spec spire-server-api §2 client certificate
 */
export function createVerifyPeer(deps: VerifyPeerDeps): (chainDer: readonly Uint8Array[]) => CallerSvid {
  return (chainDer) => {
    const svid = verifyX509Svid(chainDer, { bundles: deps.bundles, at: nowSeconds(deps.clock) });
    requireKnownDomain(svid.id, deps);
    const [leaf] = svid.chain;
    if (leaf === undefined) throw new TypeError('a verified chain has a leaf');
    const { taskId } = leaf;
    const inTask = taskId === undefined ? {} : { taskId };
    const caller = { id: svid.id, serialNumber: leaf.serial.toString(), expiresAt: leaf.notAfter, ...inTask };
    if (!svid.id.memberOf(deps.trustDomain)) return caller;
    const revocable = revocablePart(leaf);
    return { ...caller, isRevoked: () => deps.isRevoked(revocable) };
  };
}

/** A copy: the whole certificate would be held for as long as the connection lives. */
function revocablePart(leaf: Certificate): RevocableCertificate {
  const { authorityKeyId, serialHex, uriSans, notBefore, taskId } = leaf;
  const part = { serialHex, uriSans: [...uriSans], notBefore, ...(taskId !== undefined && { taskId }) };
  return authorityKeyId === undefined ? part : { ...part, authorityKeyId: Uint8Array.from(authorityKeyId) };
}

function requireKnownDomain(id: SpiffeId, deps: VerifyPeerDeps): void {
  if (id.memberOf(deps.trustDomain) || deps.adminIds.has(id.uri)) return;
  throw new AuthorizationError('ERR_CALLER_SVID', `"${id.uri}" may not connect to this server`);
}
