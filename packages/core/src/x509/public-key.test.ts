import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  encodeBitString,
  encodeElement,
  encodeNull,
  encodeObjectIdentifier,
  encodeSequence,
  encodeUnsigned,
} from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { oid } from './object-identifiers.ts';
import { checkPublicKey, importCertifiedKey } from './public-key.ts';
import { testKey } from './testdata/certificate-builder.ts';
import { codeOf } from './testdata/error-code.ts';
import { cpuMilliseconds } from './testdata/cpu-milliseconds.ts';

const rsaAlgorithm = encodeSequence(encodeObjectIdentifier(oid.rsaEncryption), encodeNull());
const bytesOf = (n: bigint): Uint8Array => {
  const hex = n.toString(16);
  return Uint8Array.from(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
};
const rsa = (n: bigint, e = 65537n): Uint8Array =>
  encodeSequence(
    rsaAlgorithm,
    encodeBitString(encodeSequence(encodeUnsigned(bytesOf(n)), encodeUnsigned(bytesOf(e)))),
  );

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const modulus = BigInt(
  `0x${Buffer.from(publicKey.export({ format: 'jwk' }).n!, 'base64url').toString('hex')}`,
);

const isFree = (n: bigint): boolean => {
  for (let prime = 3n; prime < 752n; prime += 2n) if (n % prime === 0n) return false;
  return n % 2n === 1n;
};
const nextFree = (n: bigint): bigint => {
  let free = n | 1n;
  while (!isFree(free)) free += 2n;
  return free;
};

// All that the flawed generator leaves to chance are k and the exponent: every modulus is a power of 65537 modulo M.
const rocaPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];
const rocaM = rocaPrimes.reduce((product, prime) => product * BigInt(prime), 1n);
const rocaModulus = (): bigint => {
  for (let k = (1n << 2047n) / rocaM + 1n; ; k++) {
    const n = k * rocaM + (65537n ** 20n % rocaM);
    if (n % 2n === 1n && isFree(n)) return n;
  }
};

describe('checkPublicKey', () => {
  it.each(['P-256', 'P-384', 'rsa-2048'] as const)('accepts %s', (kind) => {
    expect(checkPublicKey(testKey('k', kind).spkiDer).type).toBe('public');
  });

  const spki = testKey('k').spkiDer;
  const offCurve = Uint8Array.from(spki, (octet, i) => (i === spki.length - 1 ? octet ^ 1 : octet));
  const ecAlgorithm = encodeSequence(
    encodeObjectIdentifier(oid.ecPublicKey),
    encodeObjectIdentifier(oid.p256),
  );
  const point = spki.subarray(-65);
  const compressed = Uint8Array.from([2 + (point[64]! & 1), ...point.subarray(1, 33)]);
  const close = nextFree((1n << 1023n) + (1n << 1022n) + 12345n);

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'ERR_KEY_MALFORMED'],
    ['data after it', Buffer.concat([spki, Uint8Array.of(0)]), 'ERR_KEY_MALFORMED'],
    ['P-521', testKey('k', 'P-521').spkiDer, 'ERR_KEY_CURVE'],
    [
      'another curve',
      new Uint8Array(
        generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({
          format: 'der',
          type: 'spki',
        }),
      ),
      'ERR_KEY_CURVE',
    ],
    ['Ed25519', testKey('k', 'ed25519').spkiDer, 'ERR_KEY_TYPE'],
    [
      'another algorithm',
      encodeSequence(encodeSequence(encodeObjectIdentifier('1.2.3')), encodeBitString(Uint8Array.of(1))),
      'ERR_KEY_TYPE',
    ],
    ['a point off its curve', offCurve, 'ERR_KEY_MALFORMED'],
    ['a compressed point', encodeSequence(ecAlgorithm, encodeBitString(compressed)), 'ERR_KEY_MALFORMED'],
    [
      'a point in hybrid form',
      encodeSequence(
        ecAlgorithm,
        encodeBitString(Uint8Array.from([6 + (point[64]! & 1), ...point.subarray(1)])),
      ),
      'ERR_KEY_MALFORMED',
    ],
    [
      'a key of half an octet',
      encodeSequence(
        ecAlgorithm,
        encodeElement(tag.bitString, Uint8Array.from([1, ...point.subarray(0, 64), point[64]! & 0xfe])),
      ),
      'ERR_KEY_MALFORMED',
    ],
    [
      'the point at infinity',
      encodeSequence(ecAlgorithm, encodeBitString(Uint8Array.of(0))),
      'ERR_KEY_MALFORMED',
    ],
    [
      'a curve spelled out',
      encodeSequence(
        encodeSequence(encodeObjectIdentifier(oid.ecPublicKey), encodeSequence()),
        encodeBitString(point),
      ),
      'ERR_KEY_MALFORMED',
    ],
    [
      'RSA without NULL',
      encodeSequence(
        encodeSequence(encodeObjectIdentifier(oid.rsaEncryption)),
        encodeBitString(
          encodeSequence(encodeUnsigned(bytesOf(modulus)), encodeUnsigned(Uint8Array.of(1, 0, 1))),
        ),
      ),
      'ERR_KEY_MALFORMED',
    ],
    ['RSA of 2047 bits', rsa(nextFree(1n << 2046n)), 'ERR_KEY_SIZE'],
    ['RSA of 4097 bits', rsa((1n << 4096n) + 1n), 'ERR_KEY_SIZE'],
    ['RSA of 16384 bits', rsa((1n << 16383n) + 1n), 'ERR_KEY_SIZE'],
    ['RSA with e = 1', rsa(modulus, 1n), 'ERR_KEY_WEAK'],
    ['RSA with e = 2', rsa(modulus, 2n), 'ERR_KEY_WEAK'],
    ['RSA with an even e', rsa(modulus, 65536n), 'ERR_KEY_WEAK'],
    ['RSA with e of 33 bits', rsa(modulus, (1n << 32n) + 1n), 'ERR_KEY_WEAK'],
    ['RSA with an even modulus', rsa(modulus + 1n), 'ERR_KEY_WEAK'],
    ['RSA with a factor of 751', rsa((((1n << 2047n) / 751n + 1n) * 751n) | 1n), 'ERR_KEY_WEAK'],
    ['RSA of two close primes', rsa(close * nextFree(close + 2n)), 'ERR_KEY_WEAK'],
    ['RSA of the square of a prime', rsa(close * close), 'ERR_KEY_WEAK'],
    ['RSA of the flawed generator', rsa(rocaModulus()), 'ERR_KEY_WEAK'],
    [
      'RSA with a negative modulus',
      encodeSequence(
        rsaAlgorithm,
        encodeBitString(encodeSequence(Uint8Array.of(2, 1, 0x80), Uint8Array.of(2, 1, 3))),
      ),
      'ERR_KEY_MALFORMED',
    ],
    ['RSA with a modulus of zero', rsa(0n), 'ERR_KEY_MALFORMED'],
  ])('refuses %s', (_, der, code) => {
    expect(codeOf(() => checkPublicKey(der))).toBe(code);
  });

  it('lets e = 3 and good keys pass', () => {
    expect(codeOf(() => checkPublicKey(rsa(modulus, 3n)))).toBeUndefined();
    expect(codeOf(() => checkPublicKey(rsa(modulus)))).toBeUndefined();
  });

  it('refuses huge keys before any arithmetic', () => {
    const huge = rsa((1n << 65536n) + 1n);
    const tried = (): void => {
      expect(codeOf(() => checkPublicKey(huge))).toBe('ERR_KEY_SIZE');
    };
    expect(cpuMilliseconds(tried)).toBeLessThan(50);
  });
});

describe('importCertifiedKey', () => {
  it.each(['P-256', 'P-384', 'P-521', 'rsa-2048', 'ed25519'] as const)('accepts %s', (kind) => {
    expect(importCertifiedKey(testKey('k', kind).spkiDer).type).toBe('public');
  });

  it.each([
    ['RSA of 1024 bits', rsa(nextFree(1n << 1023n)), 'ERR_KEY_SIZE'],
    ['RSA of 16384 bits', rsa((1n << 16383n) + 1n), 'ERR_KEY_SIZE'],
    ['RSA with e = 1', rsa(modulus, 1n), 'ERR_KEY_WEAK'],
    ['RSA with an even e', rsa(modulus, 4n), 'ERR_KEY_WEAK'],
    ['RSA with e of 33 bits', rsa(modulus, (1n << 32n) + 1n), 'ERR_KEY_WEAK'],
  ])('refuses %s', (_, der, code) => {
    expect(codeOf(() => importCertifiedKey(der))).toBe(code);
  });
});
