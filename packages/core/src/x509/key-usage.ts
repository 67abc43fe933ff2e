import { DerError } from '../errors.ts';
import { type BitString } from './der/der-reader.ts';

/**
 * Bits of a certificate's `keyUsage`; a set of them is their sum.
 *
 * @spec RFC 5280 §4.2.1.3
 */
export const keyUsage = {
  digitalSignature: 0x001,
  contentCommitment: 0x002,
  keyEncipherment: 0x004,
  dataEncipherment: 0x008,
  keyAgreement: 0x010,
  keyCertSign: 0x020,
  crlSign: 0x040,
  encipherOnly: 0x080,
  decipherOnly: 0x100,
} as const;

const LAST_BIT = 8;

/**
 * The set of a KeyUsage BIT STRING, which names at least one bit and ends with a bit that is set.
 *
 * @throws {DerError} `ERR_DER_VALUE` no bit, an unknown bit, or trailing zero bits.
 */
export function keyUsageBits({ bytes, unusedBits }: BitString): number {
  const count = bytes.length * 8 - unusedBits;
  if (count === 0 || count > LAST_BIT + 1)
    throw new DerError('ERR_DER_VALUE', 'key usage names no known bit');
  let bits = 0;
  for (let bit = 0; bit < count; bit++) {
    if ((bytes[bit >> 3] as number) & (0x80 >> (bit & 7))) bits |= 1 << bit;
  }
  if (bits >> (count - 1) === 0) throw new DerError('ERR_DER_VALUE', 'key usage ends in zero bits');
  return bits;
}
