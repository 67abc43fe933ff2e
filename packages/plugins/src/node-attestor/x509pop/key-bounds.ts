import type { KeyObject } from 'node:crypto';

const MIN_RSA_BITS = 2048;
const MAX_RSA_EXPONENT = 2n ** 31n - 1n;

/** Whether using the key costs no more than `maxRsaBits` and an exponent of ordinary size allow. */
export function isAffordable(key: KeyObject, maxRsaBits: number): boolean {
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {};
  if (modulusLength === undefined) return true;
  return (
    modulusLength >= MIN_RSA_BITS &&
    modulusLength <= maxRsaBits &&
    publicExponent !== undefined &&
    publicExponent <= MAX_RSA_EXPONENT
  );
}
