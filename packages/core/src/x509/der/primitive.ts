import { DerError } from '../../errors.ts';

const MAX_OID_OCTETS = 64;

/**
 * Checks of primitive content, each given as the octets from `start` up to `end`. All throw `DerError` `ERR_DER_VALUE`
 * when the content is not in the one form that DER allows.
 *
 * @spec X.690 §8.2, §8.3, §8.6, §8.19, §11.1, §11.2
 */
export function requireBoolean(bytes: Uint8Array, start: number, end: number): boolean {
  const value = bytes[start];
  if (end - start !== 1 || (value !== 0 && value !== 0xff)) refuse('boolean must be 00 or FF');
  return value === 0xff;
}

export function requireInteger(bytes: Uint8Array, start: number, end: number): void {
  if (start === end) refuse('integer is empty');
  if (end - start === 1) return;
  const first = bytes[start] as number;
  const nextIsNegative = (bytes[start + 1] as number) > 0x7f;
  if (nextIsNegative ? first === 0xff : first === 0) refuse('integer is not in its shortest form');
}

export function requireNull(start: number, end: number): void {
  if (start !== end) refuse('null has content');
}

export function requireBitString(bytes: Uint8Array, start: number, end: number): void {
  if (start === end) refuse('bit string is empty');
  const unused = bytes[start] as number;
  if (unused > 7 || (end - start === 1 && unused !== 0)) refuse('bit string padding count is wrong');
  const padding = (bytes[end - 1] as number) & ((1 << unused) - 1);
  if (unused > 0 && padding !== 0) refuse('bit string padding is not zero');
}

/** At most 64 octets; every arc must be complete, in its shortest form and below 2^49. */
export function requireOid(bytes: Uint8Array, start: number, end: number): void {
  if (start === end || end - start > MAX_OID_OCTETS) refuse('object identifier is empty or too long');
  if ((bytes[end - 1] as number) > 0x7f) refuse('object identifier is cut off');
  let arcOctets = 0;
  for (let i = start; i < end; i++) {
    const octet = bytes[i] as number;
    if (arcOctets === 0 && octet === 0x80) refuse('object identifier arc is not in its shortest form');
    if (++arcOctets > 7) refuse('object identifier arc is too large');
    if (octet < 0x80) arcOctets = 0;
  }
}

function refuse(message: string): never {
  throw new DerError('ERR_DER_VALUE', message);
}
