import { SignetError } from '@signet/core';

const MAX_OCTETS = 20;

/**
 * A serial number as `Certificate.serialHex` has it, from how programs print it: hexadecimal in either case, with colons
 * or without, with leading zeros or without.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT`.
 */
export function readSerial(text: string): string {
  const digits = text.replaceAll(':', '').replace(/^0+/, '').toLowerCase();
  if (!/^[0-9a-f]+$/.test(digits) || digits.length > 2 * MAX_OCTETS) {
    throw new SignetError(
      'ERR_INVALID_ARGUMENT',
      'a serial number has 1 to 40 hexadecimal digits and is not zero',
    );
  }
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
