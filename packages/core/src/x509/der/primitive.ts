import { DerError } from '../../errors.ts';

function refuse(message: string): never {
  throw new DerError('ERR_DER_VALUE', message);
}

/** @throws {DerError} `ERR_DER_VALUE` unless the content is exactly one octet, 00 or FF. */
export function requireBoolean(content: Uint8Array): boolean {
  if (content.length !== 1) refuse('boolean must have one octet');
  const value = content[0] as number;
  if (value !== 0 && value !== 0xff) refuse('boolean must be 00 or FF');
  return value === 0xff;
}

/** @throws {DerError} `ERR_DER_VALUE` unless the content is an INTEGER in its shortest form. */
export function requireInteger(content: Uint8Array): Uint8Array {
  if (content.length === 0) refuse('integer is empty');
  if (content.length > 1) {
    const first = content[0] as number;
    const nextIsNegative = (content[1] as number) > 0x7f;
    if (nextIsNegative ? first === 0xff : first === 0) refuse('integer is not in its shortest form');
  }
  return content;
}

/** @throws {DerError} `ERR_DER_VALUE` unless the content is empty. */
export function requireNull(content: Uint8Array): void {
  if (content.length !== 0) refuse('null has content');
}

/** @throws {DerError} `ERR_DER_VALUE` unless padding is announced rightly and all zero. */
export function requireBitString(content: Uint8Array): Uint8Array {
  if (content.length === 0) refuse('bit string is empty');
  const unused = content[0] as number;
  if (unused > 7 || (content.length === 1 && unused !== 0)) refuse('bit string padding count is wrong');
  if (unused > 0) {
    const last = content[content.length - 1] as number;
    if ((last & ((1 << unused) - 1)) !== 0) refuse('bit string padding is not zero');
  }
  return content;
}

/** @throws {DerError} `ERR_DER_VALUE` unless every arc is complete, in its shortest form and below 2^49. */
export function requireOid(content: Uint8Array): Uint8Array {
  if (content.length === 0) refuse('object identifier is empty');
  if ((content[content.length - 1] as number) > 0x7f) refuse('object identifier is cut off');
  let arcOctets = 0;
  for (const byte of content) {
    if (arcOctets === 0 && byte === 0x80) refuse('object identifier arc is not in its shortest form');
    if (++arcOctets > 7) refuse('object identifier arc is too large');
    if (byte < 0x80) arcOctets = 0;
  }
  return content;
}
