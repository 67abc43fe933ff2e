import { X509Error } from '../errors.ts';

const SERIAL_OCTETS = 16;

/**
 * A serial number in [1, 2^128 − 1] as 16 big-endian octets, made of 16 random ones.
 *
 * @throws {X509Error} `ERR_X509_SERIAL` not 16 octets, or all zero, which randomness does not give.
 */
export function newSerial(random16: Uint8Array): Uint8Array {
  if (random16.length !== SERIAL_OCTETS || random16.every((octet) => octet === 0)) {
    throw new X509Error('ERR_X509_SERIAL', 'a serial number takes 16 random octets');
  }
  return Uint8Array.from(random16);
}

/** A serial number in decimal, as SPIRE shows it and writes it into the names of its authorities. */
export function serialDecimal(serial: Uint8Array): string {
  return BigInt(`0x${Buffer.from(serial).toString('hex')}`).toString();
}
