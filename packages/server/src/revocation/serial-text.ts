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

/**
 * What to say of a serial number that nothing was found by, when it may have been meant as a decimal one, as SPIRE's commands
 * and `agent list` print them; empty when it cannot. It is never taken for one: it may as well be the serial number of another.
 */
export function decimalHint(text: string): string {
  if (!/^[0-9]{1,49}$/.test(text)) return '';
  const digits = BigInt(text).toString(16);
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`;
  if (hex === text.padStart(2, '0')) return '';
  return `; it was read as hexadecimal: if it is a decimal one, as "agent list" prints them, say ${hex}`;
}
