import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { X509Error } from '@signet/core';

const MAX_CERTIFICATES = 8;
const MAX_CHAIN_BYTES = 64 * 1024;

/**
 * The certificates that the client sent, DER, leaf first; undefined when it sent none.
 *
 * @throws {X509Error} `ERR_X509_TOO_LARGE`, `ERR_X509_CHAIN_TOO_LONG` before anything is parsed or verified.
 */
export function clientChain(socket: TLSSocket): readonly Uint8Array[] | undefined {
  const chain: Uint8Array[] = [];
  let bytes = 0;
  // Not getPeerX509Certificate: in Node 24 it leaks native memory for each certificate beyond the leaf.
  let certificate: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (certificate?.raw !== undefined) {
    chain.push(certificate.raw);
    bytes += certificate.raw.length;
    if (chain.length > MAX_CERTIFICATES)
      throw new X509Error('ERR_X509_CHAIN_TOO_LONG', 'client chain is too long');
    if (bytes > MAX_CHAIN_BYTES) throw new X509Error('ERR_X509_TOO_LARGE', 'client chain is too large');
    // A self-signed certificate names itself as its issuer.
    certificate = certificate.issuerCertificate === certificate ? undefined : certificate.issuerCertificate;
  }
  return chain.length === 0 ? undefined : chain;
}
