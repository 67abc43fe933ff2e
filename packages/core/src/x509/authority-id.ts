import { X509Error } from '../errors.ts';
import { type Certificate } from './certificate.ts';

/**
 * The ID by which SPIRE's API names an X.509 authority: its subject key identifier in lower-case hexadecimal.
 *
 * @throws {X509Error} `ERR_X509_KEY_IDENTIFIER` the certificate has none.
 */
export function authorityIdOf(certificate: Certificate): string {
  if (certificate.subjectKeyId === undefined) {
    throw new X509Error('ERR_X509_KEY_IDENTIFIER', 'certificate has no subject key identifier');
  }
  return Buffer.from(certificate.subjectKeyId).toString('hex');
}
