import {
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

/**
 * Verifies the certificate that a finished handshake brought: first against the bundle of its own trust domain,
 * then against the caller's decision. OpenSSL has only proved that the peer holds the key.
 *
 * @throws {PeerRefusedError} `ERR_UNAUTHENTICATED` without a certificate, `ERR_PERMISSION_DENIED` when the ID is
 * not authorized, else the code of the verification or of why there are no bundles.
 * @spec X509-SVID §5; X509-22, X509-27; WAPI-13
 */
export function verifyPeer(socket: TLSSocket, bundles: X509BundleSource, matcher: SpiffeIdMatcher): SpiffeId {
  const chain = peerChain(socket);
  if (chain.length === 0) throw new PeerRefusedError('ERR_UNAUTHENTICATED', 'peer presented no certificate');
  const id = verifiedId(chain, bundles);
  const reason = matcher(id);
  if (reason !== undefined) throw new PeerRefusedError('ERR_PERMISSION_DENIED', `peer refused: ${reason}`);
  rememberPeer(socket, id);
  return id;
}

function verifiedId(chain: readonly Uint8Array[], bundles: X509BundleSource): SpiffeId {
  try {
    return verifyX509Svid(chain, { bundles, at: Math.floor(Date.now() / 1000) }).id;
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new PeerRefusedError(cause.code, `peer refused: ${cause.message}`, { cause });
  }
}
