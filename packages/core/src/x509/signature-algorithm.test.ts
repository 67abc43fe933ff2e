import { describe, expect, it } from '@jest/globals';
import {
  encodeContext,
  encodeNull,
  encodeObjectIdentifier,
  encodeSequence,
  encodeSmallInteger,
} from './der/der-writer.ts';
import { oid } from './object-identifiers.ts';
import { signatureAlgorithmOf } from './signature-algorithm.ts';
import { algorithms } from './testdata/certificate-builder.ts';

const algorithm = (type: string, ...parameters: Uint8Array[]): Uint8Array =>
  encodeSequence(encodeObjectIdentifier(type), ...parameters);
const SHA1 = '1.3.14.3.2.26';

interface Pss {
  readonly hash?: string;
  readonly mask?: string;
  readonly maskHash?: string;
  readonly salt?: number;
  readonly more?: readonly Uint8Array[];
  readonly hashParameters?: readonly Uint8Array[];
}

const pss = (wish: Pss = {}): Uint8Array => {
  const hash = algorithm(wish.hash ?? oid.sha256, ...(wish.hashParameters ?? [encodeNull()]));
  const mask = algorithm(wish.mask ?? oid.mgf1, algorithm(wish.maskHash ?? oid.sha256, encodeNull()));
  const salt = encodeSmallInteger(wish.salt ?? 32);
  const parameters = [
    encodeContext(0, hash),
    encodeContext(1, mask),
    encodeContext(2, salt),
    ...(wish.more ?? []),
  ];
  return algorithm(oid.rsassaPss, encodeSequence(...parameters));
};

describe('signatureAlgorithmOf', () => {
  it.each<[string, Uint8Array, ReturnType<typeof signatureAlgorithmOf>]>([
    ['ECDSA with SHA-256', algorithms.ecdsaSha256, { keyKind: 'ec', hash: 'sha256' }],
    ['RSA with SHA-256', algorithms.rsaSha256, { keyKind: 'rsa', hash: 'sha256' }],
    ['RSA with SHA-512 and no parameters', algorithm(oid.sha512WithRsa), { keyKind: 'rsa', hash: 'sha512' }],
    ['Ed25519', algorithms.ed25519, { keyKind: 'ed25519' }],
    ['PSS with SHA-256', pss(), { keyKind: 'rsa', hash: 'sha256', pssSaltLength: 32 }],
    [
      'PSS with SHA-384',
      pss({ hash: oid.sha384, maskHash: oid.sha384, salt: 48 }),
      { keyKind: 'rsa', hash: 'sha384', pssSaltLength: 48 },
    ],
    [
      'PSS whose hash has no parameters',
      pss({ hashParameters: [] }),
      { keyKind: 'rsa', hash: 'sha256', pssSaltLength: 32 },
    ],
  ])('knows %s', (_, der, expected) => {
    expect(signatureAlgorithmOf(der)).toEqual(expected);
  });

  it.each<[string, Uint8Array]>([
    ['RSA with MD5', algorithm('1.2.840.113549.1.1.4', encodeNull())],
    ['RSA with SHA-1', algorithms.rsaSha1],
    ['ECDSA with SHA-1', algorithms.ecdsaSha1],
    ['DSA with SHA-256', algorithm('2.16.840.1.101.3.4.3.2')],
    ['ECDSA with parameters', algorithm(oid.ecdsaWithSha256, encodeNull())],
    ['RSA with odd parameters', algorithm(oid.sha256WithRsa, encodeSmallInteger(1))],
    ['PSS without parameters', algorithm(oid.rsassaPss)],
    ['PSS with empty parameters, which mean SHA-1', algorithm(oid.rsassaPss, encodeSequence())],
    ['PSS with SHA-1', pss({ hash: SHA1, maskHash: SHA1, salt: 20 })],
    ['PSS with two hashes', pss({ maskHash: oid.sha384 })],
    ['PSS with another mask', pss({ mask: '1.2.3' })],
    ['PSS with a shorter salt', pss({ salt: 20 })],
    ['PSS with a longer salt', pss({ salt: 64 })],
    ['PSS with a trailer', pss({ more: [encodeContext(3, encodeSmallInteger(1))] })],
    ['PSS with data after it', algorithm(oid.rsassaPss, encodeSequence(), encodeNull())],
    ['nothing', new Uint8Array()],
  ])('does not accept %s', (_, der) => {
    expect(signatureAlgorithmOf(der)).toBeUndefined();
  });
});
