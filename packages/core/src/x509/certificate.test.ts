import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SignetError } from '../errors.ts';
import { parseCertificate, parseCertificateSequence } from './certificate.ts';
import {
  encodeBoolean,
  encodeContext,
  encodeContextPrimitive,
  encodeElement,
  encodeNamedBits,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
  encodeSmallInteger,
} from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { distinguishedName } from './distinguished-name.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';
import {
  algorithms,
  basicConstraints,
  extension,
  extKeyUsage,
  integer,
  intermediate,
  leaf,
  nameConstraints,
  NOW,
  root,
  san,
  subjectAltName,
  testKey,
  type Wish,
} from './testdata/certificate-builder.ts';
import { decodeTree, encodeTree } from './testdata/der-tree.ts';
import { mutate, mutations } from './testdata/mutations.ts';
import { cpuMilliseconds } from './testdata/cpu-milliseconds.ts';

const ca = root('root');
const good = leaf('workload', ca);

function codeOf(der: Uint8Array): string | undefined {
  try {
    parseCertificate(der);
    return undefined;
  } catch (error) {
    if (error instanceof SignetError) return error.code;
    throw error;
  }
}

const time = (text: string): Uint8Array =>
  encodeElement(text.length === 13 ? tag.utcTime : tag.generalizedTime, Buffer.from(text));
const validity = (notBefore: string, notAfter: string): Uint8Array =>
  encodeSequence(time(notBefore), time(notAfter));
const raw = (type: string, value: Uint8Array): Wish => ({ more: [extension(type, value)] });
const bc = (value: Uint8Array): Wish => ({ bc: extension(oid.basicConstraints, value) });
const ku = (value: Uint8Array): Wish => ({ ku: extension(oid.keyUsage, value) });
const names = (...general: Uint8Array[]): Wish => ({ san: subjectAltName(general) });

const nameOf = (...sets: Uint8Array[]): Uint8Array => encodeSequence(...sets);
const attribute = (type: number, text: string): Uint8Array =>
  encodeSequence(encodeObjectIdentifier(oid.commonName), encodeElement(type, Buffer.from(text, 'latin1')));

describe('parseCertificate', () => {
  it('gives the fields that Node sees', () => {
    const { certificate, der } = leaf('workload', ca, {
      serial: integer(0, 0xfe, 1),
      subject: distinguishedName({ country: 'US', organization: 'SPIRE', commonName: 'näme' }),
      san: subjectAltName([
        san.dns('a.example'),
        san.ip(10, 0, 0, 1),
        san.email('m@x.example'),
        san.uri('spiffe://t/x'),
      ]),
      more: [extKeyUsage(oid.serverAuth, oid.clientAuth)],
    });
    const seen = new X509Certificate(der);
    expect(certificate.serialHex.toUpperCase()).toBe(seen.serialNumber);
    expect(certificate.serial).toBe(0xfe01n);
    expect(certificate.subjectCommonName).toBe('näme');
    expect(certificate.notBefore * 1000).toBe(Date.parse(seen.validFrom));
    expect(certificate.notAfter * 1000).toBe(Date.parse(seen.validTo));
    expect(certificate.publicKey.equals(seen.publicKey)).toBe(true);
    expect(certificate.isCa).toBe(seen.ca);
    expect(certificate.extKeyUsages).toEqual(seen.keyUsage);
    expect(seen.subjectAltName).toBe(
      'DNS:a.example, IP Address:10.0.0.1, email:m@x.example, URI:spiffe://t/x',
    );
    expect([...certificate.dnsSans, ...certificate.emailSans, ...certificate.uriSans]).toEqual([
      'a.example',
      'm@x.example',
      'spiffe://t/x',
    ]);
    expect(certificate.ipSans).toEqual([Uint8Array.of(10, 0, 0, 1)]);
    expect(certificate.keyUsage).toBe(keyUsage.digitalSignature);
    expect(seen.checkIssued(new X509Certificate(ca.der))).toBe(true);
    expect(certificate.authorityKeyId).toEqual(ca.certificate.subjectKeyId);
    expect(certificate.criticalUnknown).toEqual([]);
  });

  it('keeps constraints and unknown critical extensions for whoever verifies', () => {
    const { certificate } = intermediate('ca', ca, {
      bc: basicConstraints(true, 3),
      more: [
        extension('1.2.3.4', Uint8Array.of(5, 0), true),
        nameConstraints({
          permitted: [san.dns('example.org')],
          excluded: [san.ip(10, 0, 0, 0, 255, 0, 0, 0)],
        }),
      ],
    });
    expect(certificate.pathLen).toBe(3);
    expect(certificate.criticalUnknown).toEqual(['1.2.3.4']);
    expect(certificate.nameConstraints).toEqual({
      permitted: [{ form: 'dns', base: 'example.org' }],
      excluded: [{ form: 'ip', address: Uint8Array.of(10, 0, 0, 0), mask: Uint8Array.of(255, 0, 0, 0) }],
    });
  });

  it.each<[string, Wish, string]>([
    ['version 1 number', { version: encodeContext(0, encodeSmallInteger(0)) }, 'ERR_X509_VERSION'],
    ['version 2 number', { version: encodeContext(0, encodeSmallInteger(1)) }, 'ERR_X509_VERSION'],
    ['no version', { version: new Uint8Array() }, 'ERR_X509_VERSION'],
    ['negative serial', { serial: integer(0x80) }, 'ERR_X509_SERIAL'],
    ['serial of 21 octets', { serial: integer(...Array<number>(21).fill(1)) }, 'ERR_X509_SERIAL'],
    ['serial with a needless zero', { serial: integer(0, 1) }, 'ERR_X509_MALFORMED'],
    ['another algorithm outside', { outerAlgorithm: algorithms.ecdsaSha384 }, 'ERR_X509_SIGNATURE_ALGORITHM'],
    ['empty issuer', { issuerName: encodeSequence() }, 'ERR_X509_ISSUER'],
    ['issuer that is no name', { issuerName: encodeSequence(encodeSequence()) }, 'ERR_X509_MALFORMED'],
    ['empty attribute set', { subject: encodeSequence(encodeElement(tag.set)) }, 'ERR_X509_MALFORMED'],
    [
      'attributes of a set out of order',
      {
        subject: nameOf(
          encodeElement(tag.set, attribute(tag.utf8String, 'b'), attribute(tag.utf8String, 'a')),
        ),
      },
      'ERR_X509_MALFORMED',
    ],
    [
      'an underscore in a PrintableString',
      { subject: nameOf(encodeSetOf(attribute(tag.printableString, '_'))) },
      'ERR_X509_MALFORMED',
    ],
    [
      'a boolean of 01 in a name',
      { subject: nameOf(encodeSetOf(attribute(tag.boolean, '\x01'))) },
      'ERR_X509_MALFORMED',
    ],
    [
      '2049 as GeneralizedTime',
      { validity: validity('270101000000Z', '20490101000000Z') },
      'ERR_X509_VALIDITY',
    ],
    ['UTCTime without seconds', { validity: validity('270101000000Z', '4901010000Z') }, 'ERR_X509_MALFORMED'],
    [
      'validity with a third date',
      { validity: encodeSequence(time('270101000000Z'), time('280101000000Z'), time('290101000000Z')) },
      'ERR_X509_MALFORMED',
    ],
    ['no extension in the list', { extensions: [] }, 'ERR_X509_MALFORMED'],
    ['the same extension twice', { more: [basicConstraints(false)] }, 'ERR_X509_DUPLICATE_EXTENSION'],
    [
      'critical FALSE spelled out',
      {
        more: [
          encodeSequence(
            encodeObjectIdentifier('1.2.3'),
            encodeBoolean(false),
            encodeOctetString(Uint8Array.of(5, 0)),
          ),
        ],
      },
      'ERR_X509_MALFORMED',
    ],
    ['CA FALSE spelled out', bc(encodeSequence(encodeBoolean(false))), 'ERR_X509_EXTENSION'],
    ['path length without CA', bc(encodeSequence(encodeSmallInteger(0))), 'ERR_X509_EXTENSION'],
    ['negative path length', bc(encodeSequence(encodeBoolean(true), integer(0xff))), 'ERR_X509_EXTENSION'],
    [
      'something after the path length',
      bc(encodeSequence(encodeBoolean(true), integer(1), integer(1))),
      'ERR_X509_EXTENSION',
    ],
    ['key usage without a bit', ku(encodeNamedBits(0)), 'ERR_X509_EXTENSION'],
    [
      'purposes beyond number',
      { more: [extKeyUsage(...Array.from({ length: 101 }, (_, i) => `1.2.${i}`))] },
      'ERR_X509_EXTENSION',
    ],
    [
      'key usage with trailing zero bits',
      ku(encodeElement(tag.bitString, Uint8Array.of(0, 0x80))),
      'ERR_X509_EXTENSION',
    ],
    ['key usage with an unknown bit', ku(encodeNamedBits(1 << 9)), 'ERR_X509_EXTENSION'],
    ['data after the key usage', ku(Uint8Array.of(3, 2, 7, 0x80, 5, 0)), 'ERR_X509_EXTENSION'],
    ['no purpose', raw(oid.extKeyUsage, encodeSequence()), 'ERR_X509_EXTENSION'],
    ['no subjectAltName in the list', names(), 'ERR_X509_EXTENSION'],
    [
      'subjectAltName that is none',
      { san: extension(oid.subjectAltName, Buffer.from('no name')) },
      'ERR_X509_EXTENSION',
    ],
    ['URI with a space', names(san.uri('spiffe://a b/c')), 'ERR_X509_EXTENSION'],
    ['URI with an octet above ASCII', names(san.uri('spiffe://ä/c')), 'ERR_X509_EXTENSION'],
    ['URI with a newline', names(san.uri('spiffe://a/c\n')), 'ERR_X509_EXTENSION'],
    ['URI without a scheme', names(san.uri('//a/c')), 'ERR_X509_EXTENSION'],
    ['empty URI', names(san.uri('')), 'ERR_X509_EXTENSION'],
    ['empty DNS name', names(san.dns('')), 'ERR_X509_EXTENSION'],
    ['DNS name with a zero octet', names(san.dns('a\0.example')), 'ERR_X509_EXTENSION'],
    ['IP address of five octets', names(san.ip(1, 2, 3, 4, 5)), 'ERR_X509_EXTENSION'],
    ['name of an unknown form', names(encodeContextPrimitive(9, Uint8Array.of(1))), 'ERR_X509_EXTENSION'],
    [
      'empty key identifier',
      { ski: extension(oid.subjectKeyIdentifier, encodeOctetString(new Uint8Array())) },
      'ERR_X509_EXTENSION',
    ],
    [
      'authority issuer without serial',
      { aki: extension(oid.authorityKeyIdentifier, encodeSequence(encodeContext(1, san.dns('a')))) },
      'ERR_X509_EXTENSION',
    ],
    [
      'policy qualifier that is not DER',
      raw(
        oid.certificatePolicies,
        encodeSequence(
          encodeSequence(encodeObjectIdentifier('1.2.3'), encodeSequence(Uint8Array.of(1, 1, 1))),
        ),
      ),
      'ERR_X509_EXTENSION',
    ],
    [
      'policy twice',
      raw(
        oid.certificatePolicies,
        encodeSequence(
          encodeSequence(encodeObjectIdentifier('1.2.3')),
          encodeSequence(encodeObjectIdentifier('1.2.3')),
        ),
      ),
      'ERR_X509_EXTENSION',
    ],
    ['no access description', raw(oid.authorityInfoAccess, encodeSequence()), 'ERR_X509_EXTENSION'],
    ['constraints that constrain nothing', raw(oid.nameConstraints, encodeSequence()), 'ERR_X509_EXTENSION'],
    ['empty list of subtrees', { more: [nameConstraints({ permitted: [] })] }, 'ERR_X509_EXTENSION'],
    [
      'DNS constraint with a leading period',
      { more: [nameConstraints({ permitted: [san.dns('.example.org')] })] },
      'ERR_X509_EXTENSION',
    ],
    [
      'DNS constraint with a wildcard',
      { more: [nameConstraints({ permitted: [san.dns('*.example.org')] })] },
      'ERR_X509_EXTENSION',
    ],
    [
      'address constraint of four octets',
      { more: [nameConstraints({ permitted: [san.ip(10, 0, 0, 0)] })] },
      'ERR_X509_EXTENSION',
    ],
    [
      'address mask with a hole',
      { more: [nameConstraints({ permitted: [san.ip(10, 0, 0, 0, 255, 0, 255, 0)] })] },
      'ERR_X509_EXTENSION',
    ],
    [
      'mail constraint without a local part',
      { more: [nameConstraints({ permitted: [san.email('@example.org')] })] },
      'ERR_X509_EXTENSION',
    ],
    [
      'subtree with a minimum',
      raw(
        oid.nameConstraints,
        encodeSequence(
          encodeContext(0, encodeSequence(san.dns('a'), encodeContextPrimitive(0, Uint8Array.of(1)))),
        ),
      ),
      'ERR_X509_EXTENSION',
    ],
    ['more than 64 KiB', { more: [extension('1.2.3', new Uint8Array(65_536))] }, 'ERR_X509_TOO_LARGE'],
  ])('refuses one with %s', (_, wish, code) => {
    expect(codeOf(leaf('workload', ca, wish).der)).toBe(code);
  });

  it.each<[string, Wish]>([
    ['nothing changed', {}],
    ['serial zero', { serial: integer(0) }],
    ['a hundred purposes', { more: [extKeyUsage(...Array.from({ length: 100 }, (_, i) => `1.2.${i}`))] }],
    ['a DNS name with a space', names(san.dns('a b'))],
    ['serial of 20 octets', { serial: integer(0x7f, ...Array<number>(19).fill(1)) }],
    ['dates in 2049 and 2050', { validity: validity('491231235959Z', '20500101000000Z') }],
    ['no well-defined expiration', { validity: validity('491231235959Z', '99991231235959Z') }],
    ['an empty subject', { subject: encodeSequence() }],
    [
      'a name of another form',
      names(san.other('1.2.3', 'x'), san.registeredId('1.2.3'), san.directory(ca.name)),
    ],
    ['a SPIFFE ID of 2048 bytes', names(san.uri(`spiffe://example.org/${'a'.repeat(2027)}`))],
  ])('accepts one with %s', (_, wish) => {
    expect(codeOf(leaf('workload', ca, wish).der)).toBeUndefined();
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['data after the certificate', Buffer.concat([good.der, Uint8Array.of(0)])],
    ['two certificates', Buffer.concat([good.der, good.der])],
    [
      'an indefinite length',
      Buffer.concat([Uint8Array.of(0x30, 0x80), good.der.subarray(4), Uint8Array.of(0, 0)]),
    ],
    [
      'a signature of half an octet',
      encodeSequence(
        good.certificate.tbsDer,
        algorithms.ecdsaSha256,
        encodeElement(tag.bitString, Uint8Array.of(4, 0x10)),
      ),
    ],
    ['1 MiB of zeros', new Uint8Array(1 << 20)],
    [
      'a signature of half an octet',
      encodeSequence(
        good.certificate.tbsDer,
        algorithms.ecdsaSha256,
        encodeElement(tag.bitString, Uint8Array.of(4, 0x10)),
      ),
    ],
  ])('refuses %s', (_, der) => {
    expect(codeOf(der)).toMatch(/^ERR_X509_(MALFORMED|TOO_LARGE)$/u);
  });

  it('refuses a key that may not be relied upon only when it is asked for', () => {
    const key = testKey('weak');
    const spkiDer = key.spkiDer.slice();
    spkiDer[spkiDer.length - 1]! ^= 1;
    const { certificate } = leaf('workload', ca, { key: { ...key, spkiDer } });
    expect(() => certificate.publicKey).toThrow(expect.objectContaining({ code: 'ERR_KEY_MALFORMED' }));
  });

  it('never throws anything untyped, and what passes re-encodes to the same octets', () => {
    const rich = intermediate('ca', ca, {
      bc: basicConstraints(true, 1),
      san: subjectAltName([san.uri('spiffe://example.org'), san.directory(ca.name), san.other('1.2.3', 'x')]),
      more: [
        extKeyUsage(oid.serverAuth),
        nameConstraints({ permitted: [san.dns('a.example')], excluded: [san.email('b.example')] }),
      ],
    });
    fc.assert(
      fc.property(fc.constantFrom(good.der, rich.der, ca.der), mutations, (der, changes) => {
        const mutated = mutate(der, changes);
        if (codeOf(mutated) !== undefined) return;
        expect(Buffer.compare(encodeTree(decodeTree(mutated)), mutated)).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('conformance "path-only"', () => {
  const tried = (wish: Wish): string | undefined => {
    const { der } = leaf('workload', ca, wish);
    try {
      parseCertificate(der, { conformance: 'path-only' });
      return undefined;
    } catch (error) {
      return error instanceof SignetError ? error.code : 'untyped';
    }
  };

  it.each<[string, Wish, string | undefined]>([
    ['empty issuer', { issuerName: encodeSequence() }, undefined],
    ['2049 as GeneralizedTime', { validity: validity('270101000000Z', '20490101000000Z') }, undefined],
    ['negative serial', { serial: integer(0x80) }, 'ERR_X509_SERIAL'],
    ['serial of 21 octets', { serial: integer(...Array<number>(21).fill(1)) }, 'ERR_X509_SERIAL'],
    ['version 1 number', { version: encodeContext(0, encodeSmallInteger(0)) }, 'ERR_X509_VERSION'],
    ['the same extension twice', { more: [basicConstraints(false)] }, 'ERR_X509_DUPLICATE_EXTENSION'],
  ])('%s', (_, wish, code) => {
    expect(tried(wish)).toBe(code);
  });
});

describe('64 KiB made to be slow', () => {
  const repeat = (part: Uint8Array, length: number): Uint8Array[] =>
    Array<Uint8Array>(Math.floor(length / part.length)).fill(part);
  const attributes = repeat(distinguishedName({ commonName: 'a' }).subarray(2), 60_000);
  it.each<[string, () => Uint8Array]>([
    [
      'nested as deep as it goes',
      () => Uint8Array.from({ length: 65_000 }, (_, i) => (i % 2 === 0 ? 0x30 : 0x7f)),
    ],
    ['tiny elements', () => encodeSequence(...repeat(Uint8Array.of(5, 0), 65_000))],
    [
      'a set of tiny members',
      () => encodeSequence(encodeElement(tag.set, ...repeat(Uint8Array.of(5, 0), 65_000))),
    ],
    ['a name of many attributes', () => leaf('workload', ca, { subject: encodeSequence(...attributes) }).der],
    ['many names', () => leaf('workload', ca, names(...repeat(san.uri('a:b'), 60_000))).der],
    [
      'many names of every form',
      () =>
        leaf(
          'workload',
          ca,
          names(
            ...repeat(
              Buffer.concat([san.dns('a'), san.email('a@b'), san.directory(encodeSequence())]),
              60_000,
            ),
          ),
        ).der,
    ],
    [
      'many constraints',
      () => leaf('workload', ca, { more: [nameConstraints({ excluded: repeat(san.dns('a'), 36_000) })] }).der,
    ],
    [
      'many purposes',
      () => leaf('workload', ca, { more: [extKeyUsage(...Array<string>(6000).fill('1.2.3.4.5.6'))] }).der,
    ],
    [
      'many extensions',
      () =>
        leaf('workload', ca, {
          more: Array.from({ length: 3000 }, (_, i) => extension(`1.2.${i}`, Uint8Array.of(5, 0))),
        }).der,
    ],
    [
      'a long object identifier',
      () =>
        leaf('workload', ca, {
          more: [
            encodeSequence(
              encodeElement(tag.oid, new Uint8Array(60_000).fill(0x7f)),
              encodeOctetString(new Uint8Array()),
            ),
          ],
        }).der,
    ],
  ])('%s', (_, make) => {
    const der = make();
    expect(cpuMilliseconds(() => codeOf(der))).toBeLessThan(250);
  });
});

describe('parseCertificateSequence', () => {
  it('splits certificates that follow each other', () => {
    const both = parseCertificateSequence(Buffer.concat([good.der, ca.der]));
    expect(both.map(({ serialHex }) => serialHex)).toEqual([
      good.certificate.serialHex,
      ca.certificate.serialHex,
    ]);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a rest that is no certificate', Buffer.concat([good.der, Uint8Array.of(0x30)])],
  ])('refuses %s', (_, der) => {
    expect(() => parseCertificateSequence(der)).toThrow(
      expect.objectContaining({ code: 'ERR_X509_MALFORMED' }),
    );
  });
});

it('the fixtures are valid now', () => {
  expect(good.certificate.notBefore).toBeLessThan(NOW);
});
