import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

/** No sound chain is longer; what a peer sends beyond it is not looked at. */
const MAX_CHAIN = 8;

/** The certificates that the peer of a finished handshake sent, DER, leaf first; empty when it sent none. */
export function peerChainDer(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (certificate !== undefined && hasDer(certificate) && chain.length < MAX_CHAIN) {
    chain.push(certificate.raw);
    // A self-signed certificate names itself as its issuer.
    certificate = certificate.issuerCertificate === certificate ? undefined : certificate.issuerCertificate;
  }
  return chain;
}

function hasDer(certificate: DetailedPeerCertificate): boolean {
  // Without a certificate Node gives an empty object, whatever its types say.
  return (certificate as Partial<DetailedPeerCertificate>).raw !== undefined;
}
