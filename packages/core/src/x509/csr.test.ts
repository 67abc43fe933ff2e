import { createPublicKey, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assembleSigned } from './certificate-encoding.ts';
import { parseCsr, verifyCsrSignature } from './csr.ts';
import { buildCsrInfo, type CsrFields } from './csr-encoding.ts';
import {
  encodeBitString,
  encodeContext,
  encodeElement,
  encodeObjectIdentifier,
  encodeSequence,
  encodeSetOf,
  encodeSmallInteger,
} from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { distinguishedName } from './distinguished-name.ts';
import { keyTypeOf, signatureScheme, signWithKey } from './key-type.ts';
import { oid } from './object-identifiers.ts';
import {
  algorithms,
  basicConstraints,
  san,
  subjectAltName,
  testKey,
  type TestKey,
} from './testdata/certificate-builder.ts';
import { codeOf } from './testdata/error-code.ts';
import { decodeTree, encodeTree } from './testdata/der-tree.ts';
import { mutate, mutations } from './testdata/mutations.ts';

const key = testKey('workload');
const subject = distinguishedName({ country: 'US', organization: 'SPIRE', commonName: 'x' });
const uri = 'spiffe://example.org/workload';

function signed(infoDer: Uint8Array, signer: KeyObject = key.privateKey, algorithm?: Uint8Array): Uint8Array {
  const scheme = signatureScheme(keyTypeOf(signer)!);
  return assembleSigned(infoDer, algorithm ?? scheme.algorithmDer, signWithKey(signer, infoDer));
}

function request(wish: Partial<CsrFields> = {}, signer: TestKey = key): Uint8Array {
  return signed(buildCsrInfo({ spkiDer: signer.spkiDer, subject, uriSan: uri, ...wish }), signer.privateKey);
}

/** A request content put together by hand. */
function info(parts: {
  version?: Uint8Array;
  subject?: Uint8Array;
  attributes?: readonly Uint8Array[] | undefined;
}): Uint8Array {
  const attributes = 'attributes' in parts ? parts.attributes : [];
  return encodeSequence(
    parts.version ?? encodeSmallInteger(0),
    parts.subject ?? subject,
    key.spkiDer,
    ...(attributes === undefined ? [] : [encodeContext(0, ...attributes)]),
  );
}

const attribute = (...values: Uint8Array[]): Uint8Array =>
  encodeSequence(encodeObjectIdentifier(oid.extensionRequest), encodeSetOf(...values));
const wanted = encodeSequence(subjectAltName([san.uri(uri)]));

describe('parseCsr', () => {
  it('gives what was asked for', () => {
    const csr = parseCsr(request({ dnsNames: ['a.example.org', 'b.example.org'] }));
    expect(csr.uriSans).toEqual([uri]);
    expect(csr.dnsSans).toEqual(['a.example.org', 'b.example.org']);
    expect(csr.subjectDer).toEqual(subject);
    expect(csr.subjectCommonName).toBe('x');
    expect(csr.spkiDer).toEqual(key.spkiDer);
    expect(csr.publicKey.equals(createPublicKey(key.privateKey))).toBe(true);
    expect(() => {
      verifyCsrSignature(csr);
    }).not.toThrow();
  });

  it('reads no other wish than names', () => {
    const greedy = parseCsr(
      signed(
        info({
          attributes: [attribute(encodeSequence(basicConstraints(true), subjectAltName([san.uri(uri)])))],
        }),
      ),
    );
    expect(Object.keys(greedy)).not.toContain('isCa');
    expect(greedy.uriSans).toEqual([uri]);
  });

  it('leaves the judgement of names to the caller', () => {
    const odd = parseCsr(request({ uriSan: 'not-a-uri', dnsNames: ['*', '-.-'] }));
    expect([...odd.uriSans, ...odd.dnsSans]).toEqual(['not-a-uri', '*', '-.-']);
  });

  it.each<[string, Uint8Array]>([
    ['no attributes', signed(info({}))],
    ['no names', request({ uriSan: undefined as never })],
    ['an empty subject', request({ subject: encodeSequence() })],
    [
      'an attribute of another kind',
      signed(
        info({
          attributes: [encodeSequence(encodeObjectIdentifier('1.2.3'), encodeSetOf(encodeSmallInteger(1)))],
        }),
      ),
    ],
    ['a SPIFFE ID of 2048 bytes', request({ uriSan: `spiffe://example.org/${'a'.repeat(2027)}` })],
  ])('accepts one with %s', (_, der) => {
    expect(
      codeOf(() => {
        verifyCsrSignature(parseCsr(der));
      }),
    ).toBeUndefined();
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'ERR_CSR_MALFORMED'],
    ['more than 64 KiB', new Uint8Array(65_537), 'ERR_CSR_TOO_LARGE'],
    ['data after it', Buffer.concat([request(), Uint8Array.of(0)]), 'ERR_CSR_MALFORMED'],
    [
      'an indefinite length',
      Buffer.concat([Uint8Array.of(0x30, 0x80), request().subarray(4), Uint8Array.of(0, 0)]),
      'ERR_CSR_MALFORMED',
    ],
    ['another version', signed(info({ version: encodeSmallInteger(1) })), 'ERR_CSR_MALFORMED'],
    [
      'a subject that is no name',
      signed(info({ subject: encodeSequence(encodeSequence()) })),
      'ERR_CSR_MALFORMED',
    ],
    ['no attributes element', signed(info({ attributes: undefined })), 'ERR_CSR_MALFORMED'],
    [
      'extensions requested twice',
      signed(info({ attributes: [attribute(wanted), attribute(wanted)] })),
      'ERR_CSR_MALFORMED',
    ],
    [
      'two lists of extensions',
      signed(info({ attributes: [attribute(wanted, encodeSequence(basicConstraints(true)))] })),
      'ERR_CSR_MALFORMED',
    ],
    [
      'an empty list of extensions',
      signed(info({ attributes: [attribute(encodeSequence())] })),
      'ERR_CSR_MALFORMED',
    ],
    [
      'the same extension twice',
      signed(
        info({
          attributes: [
            attribute(encodeSequence(subjectAltName([san.uri(uri)]), subjectAltName([san.uri(uri)]))),
          ],
        }),
      ),
      'ERR_CSR_MALFORMED',
    ],
    [
      'attributes out of order',
      signed(
        info({
          attributes: [
            encodeSequence(encodeObjectIdentifier('1.2.4'), encodeSetOf()),
            encodeSequence(encodeObjectIdentifier('1.2.3'), encodeSetOf()),
          ],
        }),
      ),
      'ERR_CSR_MALFORMED',
    ],
    [
      'a signature of half an octet',
      encodeSequence(info({}), algorithms.ecdsaSha256, encodeElement(tag.bitString, Uint8Array.of(4, 0x10))),
      'ERR_CSR_MALFORMED',
    ],
    [
      'a URI with a space',
      signed(info({ attributes: [attribute(encodeSequence(subjectAltName([san.uri('spiffe://a b')])))] })),
      'ERR_CSR_MALFORMED',
    ],
    [
      'different extensions requested twice',
      signed(
        info({
          attributes: [attribute(wanted), attribute(encodeSequence(basicConstraints(true)))].toSorted(
            (a, b) => Buffer.compare(a, b),
          ),
        }),
      ),
      'ERR_CSR_MALFORMED',
    ],
    [
      'an underscore in a PrintableString',
      signed(
        info({
          subject: encodeSequence(
            encodeSetOf(
              encodeSequence(
                encodeObjectIdentifier(oid.commonName),
                encodeElement(tag.printableString, Buffer.from('_')),
              ),
            ),
          ),
        }),
      ),
      'ERR_CSR_MALFORMED',
    ],
  ])('refuses %s', (_, der, code) => {
    expect(codeOf(() => parseCsr(der))).toBe(code);
  });

  it('never throws anything untyped, and what passes re-encodes to the same octets', () => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const der = mutate(request({ dnsNames: ['a.example.org'] }), changes);
        if (codeOf(() => parseCsr(der)) === undefined)
          expect(Buffer.compare(encodeTree(decodeTree(der)), der)).toBe(0);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('verifyCsrSignature', () => {
  const unsigned = buildCsrInfo({ spkiDer: key.spkiDer, subject });
  const checked = (der: Uint8Array): string | undefined =>
    codeOf(() => {
      verifyCsrSignature(parseCsr(der));
    });

  it.each<[string, Uint8Array, string | undefined]>([
    ['P-384', request({}, testKey('k', 'P-384')), undefined],
    ['RSA', request({}, testKey('k', 'rsa-2048')), undefined],
    ['another key', signed(unsigned, testKey('stranger').privateKey), 'ERR_CSR_SIGNATURE'],
    ['SHA-1', signed(unsigned, key.privateKey, algorithms.ecdsaSha1), 'ERR_CSR_SIGNATURE_ALGORITHM'],
    [
      'an RSA algorithm with an EC key',
      signed(unsigned, key.privateKey, algorithms.rsaSha256),
      'ERR_CSR_SIGNATURE_ALGORITHM',
    ],
    [
      'another hash than named',
      signed(unsigned, key.privateKey, algorithms.ecdsaSha384),
      'ERR_CSR_SIGNATURE',
    ],
    [
      'a signature of nothing',
      encodeSequence(unsigned, algorithms.ecdsaSha256, encodeBitString(new Uint8Array())),
      'ERR_CSR_SIGNATURE',
    ],
    [
      'a signature of zeros',
      encodeSequence(
        unsigned,
        algorithms.ecdsaSha256,
        encodeBitString(Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0)),
      ),
      'ERR_CSR_SIGNATURE',
    ],
    [
      'a key on a curve that is not certified',
      encodeSequence(
        buildCsrInfo({ spkiDer: testKey('k', 'P-521').spkiDer, subject }),
        algorithms.ecdsaSha512,
        encodeBitString(Uint8Array.of(1)),
      ),
      'ERR_KEY_CURVE',
    ],
    [
      'a key of a kind that is not certified',
      encodeSequence(
        buildCsrInfo({ spkiDer: testKey('k', 'ed25519').spkiDer, subject }),
        algorithms.ed25519,
        encodeBitString(Uint8Array.of(1)),
      ),
      'ERR_KEY_TYPE',
    ],
  ])('%s', (_, der, code) => {
    expect(checked(der)).toBe(code);
  });

  it('a mutated request never passes', () => {
    const original = request();
    fc.assert(
      fc.property(mutations, (changes) => {
        const der = mutate(original, changes);
        fc.pre(Buffer.compare(der, original) !== 0);
        expect(checked(der)).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });
});
