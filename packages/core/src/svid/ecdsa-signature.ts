import { SvidError } from '../errors.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const LONG_FORM_ONE_BYTE = 0x81;

/**
 * The signature as JWS wants it, `r‖s`, each padded to the curve's size.
 *
 * Unwrapping by hand: node:crypto's own conversion doubles the time of a signature.
 *
 * @param der - a signature just made by node:crypto or a key manager.
 * @throws {SvidError} `ERR_JWT_SIGNATURE` it is no ECDSA signature of that size, so no token may leave with it.
 * @spec RFC 7518 §3.4
 */
export function ecdsaDerToRaw(der: Uint8Array, integerBytes: number): Buffer {
  const raw = Buffer.alloc(integerBytes * 2);
  const rAt = der[1] === LONG_FORM_ONE_BYTE ? 3 : 2;
  const sAt = copyInteger(der, rAt, raw, integerBytes, integerBytes);
  const end = copyInteger(der, sAt, raw, integerBytes * 2, integerBytes);
  if (der[0] !== SEQUENCE || end !== der.length || der[rAt - 1] !== end - rAt) throw malformedSignature();
  return raw;
}

function copyInteger(der: Uint8Array, at: number, raw: Buffer, end: number, maxBytes: number): number {
  let start = at + 2;
  const next = start + (der[at + 1] ?? 0);
  if (der[start] === 0) start++;
  const integer = der.subarray(start, next);
  if (der[at] !== INTEGER || integer.length === 0 || integer.length > maxBytes) throw malformedSignature();
  raw.set(integer, end - integer.length);
  return next;
}

function malformedSignature(): SvidError {
  return new SvidError('ERR_JWT_SIGNATURE', 'signing key returned a malformed signature');
}

/** The signature as node:crypto verifies it fastest, a DER `SEQUENCE { r, s }`. */
export function ecdsaRawToDer(raw: Uint8Array): Buffer {
  const half = raw.length / 2;
  const r = derInteger(raw.subarray(0, half));
  const s = derInteger(raw.subarray(half));
  const length = r.length + s.length;
  const header = length < 0x80 ? [SEQUENCE, length] : [SEQUENCE, LONG_FORM_ONE_BYTE, length];
  return Buffer.concat([Buffer.from(header), r, s]);
}

function derInteger(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const significant = bytes.subarray(start);
  const isNegativeLooking = ((significant[0] ?? 0) & 0x80) !== 0;
  const prefix = isNegativeLooking ? [INTEGER, significant.length + 1, 0] : [INTEGER, significant.length];
  return Buffer.concat([Buffer.from(prefix), significant]);
}
