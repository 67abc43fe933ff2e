import { randomFillSync } from 'node:crypto';
import { newSerial } from '@signet/core';

const SERIAL_OCTETS = 16;
/** One call for many serials: each call into the generator costs as much as parsing a CSR. */
const pool = new Uint8Array(64 * SERIAL_OCTETS);
let used = pool.length;

/** A serial number that was never used: 128 fresh random bits, so neither a crash nor a second server repeats one. */
export function nextSerial(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const serial = newSerial(pool.subarray(used, used + SERIAL_OCTETS));
  used += SERIAL_OCTETS;
  return serial;
}
