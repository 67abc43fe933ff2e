import {
  type Certificate,
  SignetError,
  type SpiffeId,
  type SpiffeIdMatcher,
  verifyX509Svid,
  type X509BundleSource,
} from '@signet/core';
import type { TLSSocket } from 'node:tls';
import { PeerRefusedError } from '../errors.ts';
import { peerChain } from './peer-chain.ts';
import { rememberPeer } from './peer-id.ts';
import type { X509Source } from '../source/x509-source.ts';

/** Where peers are verified from: bundles, and what was revoked. */
export type PeerSource = X509BundleSource & Pick<X509Source, 'refusalOf' | 'watchPeer'>;

/**
 * Verifies the certificate that a finished handshake brought: first against the bundle of its own trust domain,
 * then against the caller's decision, then against what was revoked. Cuts the connection when that changes. OpenSSL has only proved that the peer holds the key.
 *
 * @throws {PeerRefusedError} `ERR_UNAUTHENTICATED` without a certificate, `ERR_PERMISSION_DENIED` when the ID is
 * not authorized, else the code of the verification or of why there are no bundles.
 * @spec X509-SVID §5; X509-22, X509-27; WAPI-13
 */
export function verifyPeer(socket: TLSSocket, source: PeerSource, matcher: SpiffeIdMatcher): SpiffeId {
  const chain = peerChain(socket);
  if (chain.length === 0) throw new PeerRefusedError('ERR_UNAUTHENTICATED', 'peer presented no certificate');
  const { id, leaf } = verifiedPeer(chain, source);
  const reason = matcher(id);
  if (reason !== undefined) throw new PeerRefusedError('ERR_PERMISSION_DENIED', `peer refused: ${reason}`);
  const refusal = source.refusalOf(id, leaf);
  if (refusal !== undefined) throw refused(refusal);
  rememberPeer(socket, { id, taskId: leaf.taskId });
  source.watchPeer(socket, id, leaf);
  return id;
}

function verifiedPeer(
  chain: readonly Uint8Array[],
  bundles: X509BundleSource,
): { readonly id: SpiffeId; readonly leaf: Certificate } {
  try {
    const { id, chain: path } = verifyX509Svid(chain, { bundles, at: Math.floor(Date.now() / 1000) });
    return { id, leaf: path[0] as Certificate };
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw refused(cause);
  }
}

function refused(cause: SignetError): PeerRefusedError {
  return new PeerRefusedError(cause.code, `peer refused: ${cause.message}`, { cause });
}
