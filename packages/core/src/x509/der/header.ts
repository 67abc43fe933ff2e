import { DerError } from '../../errors.ts';

/**
 * Where the element at a position ends.
 *
 * @param end - where its container ends.
 * @throws {DerError} `ERR_DER_TRUNCATED` it ends beyond the container; `ERR_DER_LENGTH` its length is indefinite or not in
 *   its shortest form; `ERR_DER_TAG` it has a high tag number, which X.509 never uses.
 * @spec X.690 §8.1, §10.1
 */
export function elementEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 > end) throw truncated();
  if (((bytes[at] as number) & 0x1f) === 0x1f)
    throw new DerError('ERR_DER_TAG', 'high tag numbers are not used here');
  const first = bytes[at + 1] as number;
  const to = first < 0x80 ? at + 2 + first : contentStart(bytes, at) + longLength(bytes, at, end);
  if (to > end) throw truncated();
  return to;
}

/** Where the content of an element begins whose header `elementEnd` has let pass. */
export function contentStart(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] as number;
  return first < 0x80 ? at + 2 : at + 2 + first - 0x80;
}

function longLength(bytes: Uint8Array, at: number, end: number): number {
  const octets = (bytes[at + 1] as number) - 0x80;
  if (octets === 0) throw new DerError('ERR_DER_LENGTH', 'indefinite length');
  if (octets > 3) throw new DerError('ERR_DER_LENGTH', 'length does not fit any allowed input');
  if (at + 2 + octets > end) throw truncated();
  let length = 0;
  for (let i = at + 2; i < at + 2 + octets; i++) length = length * 256 + (bytes[i] as number);
  if (length < 0x80 || length < 256 ** (octets - 1)) {
    throw new DerError('ERR_DER_LENGTH', 'length is not in its shortest form');
  }
  return length;
}

function truncated(): DerError {
  return new DerError('ERR_DER_TRUNCATED', 'an element ends beyond its container');
}
