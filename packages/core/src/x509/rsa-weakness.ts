const MAX_EXPONENT_BYTES = 4;
const FERMAT_ROUNDS = 100;
const LAST_SMALL_PRIME = 751;
const LAST_ROCA_PRIME = 167;
const ROCA_GENERATOR = 65537n;

const smallPrimes = primesUpTo(LAST_SMALL_PRIME);
const smallPrimeProduct = smallPrimes.reduce((product, prime) => product * prime, 1n);
const rocaSubgroups = smallPrimes
  .filter((prime) => prime > 2n && prime <= BigInt(LAST_ROCA_PRIME))
  .map((prime) => ({ prime, residues: powersOf(ROCA_GENERATOR % prime, prime) }));
const squaresModulo256 = new Set(Array.from({ length: 256 }, (_, n) => (n * n) % 256));
const squaresModulo3465 = new Set(Array.from({ length: 3465 }, (_, n) => (n * n) % 3465));

/**
 * Why an RSA key must not be certified; nothing when no weakness that is cheap to see is there: an even or tiny public
 * exponent or one over 32 bits, an even modulus, a small prime factor, two primes close to each other, and the marks
 * of the ROCA flaw. The work is bounded; the caller bounds the size.
 *
 * @param modulus - big-endian, no leading zeros.
 * @param exponent - big-endian, no leading zeros.
 */
export function rsaWeakness(modulus: Uint8Array, exponent: Uint8Array): string | undefined {
  const exponentWeakness = rsaExponentWeakness(exponent);
  if (exponentWeakness !== undefined) return exponentWeakness;
  const n = toBigInt(modulus);
  const remainder = n % smallPrimeProduct;
  if (smallPrimes.some((prime) => remainder % prime === 0n)) return 'RSA modulus has a small factor';
  if (rocaSubgroups.every(({ prime, residues }) => residues.has(remainder % prime))) {
    return 'RSA key was made by a flawed generator';
  }
  return hasClosePrimes(n) ? 'RSA primes are too close to each other' : undefined;
}

/** Why an RSA public exponent, big-endian without leading zeros, must not be used: even, 1, or more than 32 bits long. */
export function rsaExponentWeakness(exponent: Uint8Array): string | undefined {
  if (exponent.length > MAX_EXPONENT_BYTES) return 'RSA public exponent is too large';
  const last = exponent[exponent.length - 1] as number;
  const isTrivial = last % 2 === 0 || (exponent.length === 1 && last === 1);
  return isTrivial ? 'RSA public exponent must be odd and at least 3' : undefined;
}

// Fermat: n = a² − b² with a just above √n when the two primes are near each other.
function hasClosePrimes(n: bigint): boolean {
  let a = squareRoot(n);
  if (a * a < n) a += 1n;
  for (let round = 0; round < FERMAT_ROUNDS; round++, a += 1n) if (isSquare(a * a - n)) return true;
  return false;
}

function isSquare(n: bigint): boolean {
  // Two table look-ups rule out nearly everything, so the root is hardly ever taken.
  if (!squaresModulo256.has(Number(n & 255n)) || !squaresModulo3465.has(Number(n % 3465n))) return false;
  const root = squareRoot(n);
  return root * root === n;
}

function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt((n.toString(16).length * 4 + 2) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`);
}

function primesUpTo(last: number): bigint[] {
  const primes: number[] = [];
  for (let n = 2; n <= last; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes.map(BigInt);
}

function powersOf(generator: bigint, modulus: bigint): ReadonlySet<bigint> {
  const powers = new Set<bigint>();
  for (let power = 1n; !powers.has(power); power = (power * generator) % modulus) powers.add(power);
  return powers;
}
