import { MAX_X509_SVID_CHAIN_LENGTH } from '@signet/core';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

/**
 * The certificates that the peer sent, DER, leaf first, each followed by the one that issued it; empty when it sent
 * none. Others that it sent among them are left out, so the chain must come in the order that TLS asks for. At most one
 * more than an X509-SVID may have.
 *
 * `getPeerX509Certificate` would also find those that come out of order, but leaks memory with every intermediate that a
 * peer sends (Node 24.21: about 10 KB each), which strangers could make use of.
 *
 * @spec RFC 8446 §4.4.2
 */
export function peerChain(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // Without a certificate this is an empty object; a self-signed one names itself as its issuer.
  while (isPresent(certificate) && chain.length <= MAX_X509_SVID_CHAIN_LENGTH) {
    chain.push(certificate.raw);
    const issuer: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
    certificate = issuer === certificate ? undefined : issuer;
  }
  return chain;
}

function isPresent(
  certificate: Partial<DetailedPeerCertificate> | null | undefined,
): certificate is DetailedPeerCertificate {
  return certificate?.raw !== undefined;
}
