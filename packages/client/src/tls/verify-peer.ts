import {
  SignetError,
  type SpiffeId,
  type SpiffeIdMatcher,
  verifyX509Svid,
  type X509BundleSource,
} from '@signet/core';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { PeerRefusedError } from '../errors.ts';

const MAX_CHAIN = 10;
// A property rather than a WeakMap: node:http2 hands out proxies of its sockets, which let properties through.
const PEER = Symbol('SPIFFE ID of the verified peer');

/**
 * Verifies the certificate that a finished handshake brought: first against the bundle of its own trust domain,
 * then against the caller's decision. OpenSSL has only proved that the peer holds the key.
 *
 * @throws {PeerRefusedError} `ERR_UNAUTHENTICATED` without a certificate, `ERR_PERMISSION_DENIED` when the ID is
 * not authorized, else the code of the verification.
 * @spec X509-SVID §5; X509-22, X509-27; WAPI-13
 */
export function verifyPeer(socket: TLSSocket, bundles: X509BundleSource, matcher: SpiffeIdMatcher): SpiffeId {
  const chain = peerChain(socket);
  if (chain.length === 0) throw new PeerRefusedError('ERR_UNAUTHENTICATED', 'peer presented no certificate');
  const id = verifiedId(chain, bundles);
  const reason = matcher(id);
  if (reason !== undefined) throw new PeerRefusedError('ERR_PERMISSION_DENIED', `peer refused: ${reason}`);
  Object.defineProperty(socket, PEER, { value: id });
  return id;
}

/** The verified SPIFFE ID of the other side of a connection made by this package; undefined for any other socket. */
export function peerId(socket: object): SpiffeId | undefined {
  return (socket as { readonly [PEER]?: SpiffeId })[PEER];
}

function verifiedId(chain: readonly Uint8Array[], bundles: X509BundleSource): SpiffeId {
  try {
    return verifyX509Svid(chain, { bundles, at: Math.floor(Date.now() / 1000) }).id;
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new PeerRefusedError(cause.code, `peer refused: ${cause.message}`, { cause });
  }
}

/** The certificates that the peer sent, the leaf first, each followed by the one that issued it. */
function peerChain(socket: TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // Without a certificate this is an empty object; a self-signed one names itself as its issuer.
  while (certificate?.raw !== undefined && chain.length < MAX_CHAIN) {
    chain.push(certificate.raw);
    const issuer: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
    if (issuer === certificate) break;
    certificate = issuer;
  }
  return chain;
}
