import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
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
  let certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (certificate !== undefined) {
    chain.push(certificate.raw);
    bytes += certificate.raw.length;
    if (chain.length > MAX_CERTIFICATES)
      throw new X509Error('ERR_X509_CHAIN_TOO_LONG', 'client chain is too long');
    if (bytes > MAX_CHAIN_BYTES) throw new X509Error('ERR_X509_TOO_LARGE', 'client chain is too large');
    certificate = certificate.issuerCertificate;
  }
  return chain.length === 0 ? undefined : chain;
}
