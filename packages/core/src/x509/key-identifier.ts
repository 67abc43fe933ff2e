import { getFips, hash } from 'node:crypto';
import { subjectPublicKeyOctets } from './public-key.ts';

const ALGORITHM = getFips() === 1 ? 'sha256' : 'sha1';

/** Octets of a subject key identifier. */
export const KEY_IDENTIFIER_BYTES = 20;

/**
 * The subject key identifier of a DER SubjectPublicKeyInfo: SHA-1 of the key's octets, as SPIRE writes it, or where
 * SHA-1 is forbidden the first 160 bits of SHA-256. It identifies, it protects nothing.
 *
 * @throws {DerError} `ERR_DER_*` not a SubjectPublicKeyInfo.
 * @spec RFC 5280 §4.2.1.2; RFC 7093 §2; SPIRE server API §12
 */
export function keyIdentifier(spkiDer: Uint8Array): Uint8Array {
  return hash(ALGORITHM, subjectPublicKeyOctets(spkiDer), 'buffer').subarray(0, KEY_IDENTIFIER_BYTES);
}
