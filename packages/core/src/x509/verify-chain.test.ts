import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCertificate } from './certificate.ts';
import {
  encodeContextPrimitive,
  encodeElement,
  encodeObjectIdentifier,
  encodeSequence,
  encodeSetOf,
} from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { distinguishedName } from './distinguished-name.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';
import {
  algorithms,
  authorityKeyId,
  basicConstraints,
  commonName,
  extension,
  extKeyUsage,
  integer,
  intermediate,
  keyUsageExtension,
  leaf,
  nameConstraints,
  NOW,
  type Party,
  root,
  san,
  subjectAltName,
  subjectKeyId,
  testKey,
  type TestKey,
  type Wish,
} from './testdata/certificate-builder.ts';
import { codeOf } from './testdata/error-code.ts';
import { mutate, mutations } from './testdata/mutations.ts';
import { verifyChain, type VerifyChainOptions } from './verify-chain.ts';
import { cpuMilliseconds } from './testdata/cpu-milliseconds.ts';

type Options = Partial<Omit<VerifyChainOptions, 'intermediates' | 'roots'>>;

const certificates = (parties: readonly Party[]) => parties.map(({ certificate }) => certificate);

function verify(end: Party, intermediates: readonly Party[], roots: readonly Party[], options: Options = {}) {
  return verifyChain(end.certificate, {
    intermediates: certificates(intermediates),
    roots: certificates(roots),
    at: NOW,
    ...options,
  });
}

function verdict(
  end: Party,
  intermediates: readonly Party[],
  roots: readonly Party[],
  options: Options = {},
): string {
  return codeOf(() => verify(end, intermediates, roots, options)) ?? 'valid';
}

const anchor = root('root');
const ca = intermediate('ca', anchor);
const end = leaf('end', ca);
const critical = (type: string): Wish => ({ more: [extension(type, Uint8Array.of(0x30, 0), true)] });
const broken = ({ privateKey, spkiDer }: TestKey): TestKey => ({
  privateKey,
  spkiDer: Uint8Array.from(spkiDer, (octet, i) => (i === spkiDer.length - 1 ? octet ^ 1 : octet)),
});
const utf8Name = (text: string): Uint8Array => {
  const value = encodeElement(tag.utf8String, Buffer.from(text));
  return encodeSequence(encodeSetOf(encodeSequence(encodeObjectIdentifier(oid.commonName), value)));
};
const noKeyId = { ski: undefined } satisfies Wish;
const lasting = (before: number, after: number): Wish => ({ notBefore: NOW + before, notAfter: NOW + after });

describe('verifyChain gives the path', () => {
  it('leaf first, root last', () => {
    expect(verify(end, [ca], [anchor])).toEqual(certificates([end, ca, anchor]));
  });

  it('of a leaf that the root signed itself', () => {
    const direct = leaf('direct', anchor);
    expect(verify(direct, [], [anchor])).toEqual(certificates([direct, anchor]));
  });
});

describe('X509-22 every rule of path validation, each broken alone: the leaf', () => {
  it.each<[string, Wish, string]>([
    ['nothing', {}, 'valid'],
    ['expired a second ago', lasting(-9, -1), 'ERR_X509_EXPIRED'],
    ['in its last second', lasting(-9, 0), 'valid'],
    ['valid from the next second', lasting(1, 9), 'ERR_X509_NOT_YET_VALID'],
    ['valid from this second', lasting(0, 9), 'valid'],
    ['unknown critical extension', critical('1.2.3.4'), 'ERR_X509_CRITICAL_EXTENSION'],
    [
      'unknown extension that is not critical',
      { more: [extension('1.2.3.4', Uint8Array.of(5, 0))] },
      'valid',
    ],
    [
      'critical access information',
      {
        more: [
          extension(
            oid.authorityInfoAccess,
            encodeSequence(encodeSequence(Uint8Array.of(6, 1, 0x2a), san.uri('http://x'))),
            true,
          ),
        ],
      },
      'ERR_X509_CRITICAL_EXTENSION',
    ],
    ['signed by another key', { signer: testKey('stranger') }, 'ERR_X509_SIGNATURE'],
    ['signed with SHA-1', { algorithm: algorithms.ecdsaSha1, hash: 'sha1' }, 'ERR_X509_SIGNATURE_ALGORITHM'],
    ['RSA named for an EC signature', { algorithm: algorithms.rsaSha256 }, 'ERR_X509_SIGNATURE_ALGORITHM'],
    ['another hash than named', { hash: 'sha384' }, 'ERR_X509_SIGNATURE'],
    ['SHA-512 with P-256', { algorithm: algorithms.ecdsaSha512, hash: 'sha512' }, 'valid'],
    ['another issuer name', { issuerName: commonName('nobody') }, 'ERR_X509_NO_PATH'],
    ['keyCertSign without CA', { ku: keyUsageExtension(keyUsage.keyCertSign) }, 'ERR_X509_KEY_USAGE'],
    ['no key usage', { ku: undefined }, 'valid'],
    ['a CA', { bc: basicConstraints(true), ku: keyUsageExtension(keyUsage.keyCertSign) }, 'valid'],
    ['a CA with a path length', { bc: basicConstraints(true, 0) }, 'valid'],
    ['empty subject and a SAN that is not critical', { subject: encodeSequence() }, 'ERR_X509_SUBJECT'],
    ['empty subject and no SAN', { subject: encodeSequence(), san: undefined }, 'ERR_X509_SUBJECT'],
    [
      'empty subject and a critical SAN',
      { subject: encodeSequence(), san: subjectAltName([san.dns('a')], true) },
      'valid',
    ],
    [
      'name constraints',
      { more: [nameConstraints({ permitted: [san.dns('a')] })] },
      'ERR_X509_NAME_CONSTRAINTS',
    ],
    [
      'critical authority key identifier',
      { aki: authorityKeyId(Uint8Array.of(1), true) },
      'ERR_X509_KEY_IDENTIFIER',
    ],
    [
      'critical subject key identifier',
      { ski: subjectKeyId(Uint8Array.of(1), true) },
      'ERR_X509_KEY_IDENTIFIER',
    ],
    ['no subject key identifier', noKeyId, 'valid'],
    ['no authority key identifier', { aki: undefined }, 'ERR_X509_KEY_IDENTIFIER'],
    ['foreign authority key identifier', { aki: authorityKeyId(Uint8Array.of(1)) }, 'valid'],
    ['a point off its curve as key', { key: broken(testKey('end')) }, 'ERR_KEY_MALFORMED'],
    ['P-521 key', { key: testKey('big', 'P-521') }, 'valid'],
    ['Ed25519 key', { key: testKey('edwards', 'ed25519') }, 'valid'],
  ])('%s', (_, wish, expected) => {
    expect(verdict(leaf('end', ca, wish), [ca], [anchor])).toBe(expected);
  });
});

const issuerWishes: [string, Wish, string][] = [
  ['nothing', {}, 'valid'],
  ['expired', lasting(-9, -1), 'ERR_X509_EXPIRED'],
  ['not valid yet', lasting(1, 9), 'ERR_X509_NOT_YET_VALID'],
  ['unknown critical extension', critical('1.2.3.4'), 'ERR_X509_CRITICAL_EXTENSION'],
  ['critical policy constraints', critical(oid.policyConstraints), 'ERR_X509_CRITICAL_EXTENSION'],
  [
    'policy constraints that are not critical',
    { more: [extension(oid.policyConstraints, Uint8Array.of(0x30, 0))] },
    'ERR_X509_EXTENSION',
  ],
  [
    'critical policies',
    {
      more: [
        extension(oid.certificatePolicies, encodeSequence(encodeSequence(Uint8Array.of(6, 1, 0x2a))), true),
      ],
    },
    'valid',
  ],
  ['no basic constraints', { bc: undefined, ku: undefined }, 'ERR_X509_NOT_CA'],
  ['CA FALSE', { bc: basicConstraints(false) }, 'ERR_X509_NOT_CA'],
  [
    'basic constraints that are not critical',
    { bc: basicConstraints(true, undefined, false) },
    'ERR_X509_BASIC_CONSTRAINTS',
  ],
  ['no keyCertSign', { ku: keyUsageExtension(keyUsage.crlSign) }, 'ERR_X509_KEY_USAGE'],
  ['no key usage', { ku: undefined }, 'valid'],
  ['serial zero', { serial: integer(0) }, 'ERR_X509_SERIAL'],
  ['no subject key identifier', noKeyId, 'ERR_X509_KEY_IDENTIFIER'],
  [
    'critical subject key identifier',
    { ski: subjectKeyId(Uint8Array.of(1), true) },
    'ERR_X509_KEY_IDENTIFIER',
  ],
  [
    'name constraints that are not critical',
    { more: [nameConstraints({ permitted: [san.uri('example.org')] }, false)] },
    'ERR_X509_NAME_CONSTRAINTS',
  ],
  ['purposes without the leaf’s', { more: [extKeyUsage(oid.clientAuth)] }, 'valid'],
];

describe('X509-22 every rule of path validation, each broken alone: a CA', () => {
  it.each(issuerWishes)('%s', (_, wish, expected) => {
    const issuer = intermediate('ca', anchor, wish);
    expect(verdict(leaf('end', issuer), [issuer], [anchor])).toBe(expected);
  });
});

describe('X509-22 a root is held to the same rules', () => {
  it.each(issuerWishes.filter(([name]) => name !== 'serial zero'))('%s', (_, wish, expected) => {
    const trusted = root('root', wish);
    expect(verdict(leaf('end', trusted), [], [trusted])).toBe(expected);
  });

  it('but its serial number may be zero', () => {
    const trusted = root('root', { serial: integer(0) });
    expect(verdict(leaf('end', trusted), [], [trusted])).toBe('valid');
  });

  it('an empty subject names no issuer', () => {
    const nameless = root('root', { subject: encodeSequence(), issuerName: commonName('x') });
    expect(verdict(leaf('end', nameless, { issuerName: commonName('x') }), [], [nameless])).toBe(
      'ERR_X509_NO_PATH',
    );
  });

  it('need not be self-signed', () => {
    expect(verdict(end, [], [ca])).toBe('valid');
  });

  it('no roots, no path', () => {
    expect(verdict(end, [ca], [])).toBe('ERR_X509_NO_PATH');
  });

  it('a self-signed intermediate is no root', () => {
    expect(verdict(end, [ca, anchor], [root('other')])).toBe('ERR_X509_NO_PATH');
  });

  it('a certificate that is no CA does not vouch for itself', () => {
    const own = leaf('own', { name: commonName('own'), key: testKey('own') });
    expect(verdict(own, [], [own])).toBe('ERR_X509_NOT_CA');
  });

  it('a root presented as leaf has itself above it', () => {
    expect(verify(anchor, [], [anchor])).toEqual(certificates([anchor, anchor]));
  });
});

describe('what the conformance asked for lets pass: strict, spiffe, path-only', () => {
  const levels = ['strict', 'spiffe', 'path-only'] as const;
  const sans = (...names: Uint8Array[]): Wish => ({
    san: subjectAltName([san.uri('spiffe://example.org/end'), ...names]),
  });
  const bareKeyId: Wish = { aki: extension(oid.authorityKeyIdentifier, Uint8Array.of(0x30, 0)) };
  const allows = (wish: Wish, made: (wish: Wish) => string[]): Record<string, boolean> =>
    Object.fromEntries(levels.map((level, i) => [level, made(wish)[i] === 'valid']));
  const asLeaf = (wish: Wish): string[] =>
    levels.map((conformance) => verdict(leaf('end', ca, wish), [ca], [anchor], { conformance }));
  const asIssuer = (wish: Wish): string[] =>
    levels.map((conformance) => {
      const issuer = intermediate('ca', anchor, wish);
      return verdict(leaf('end', issuer), [issuer], [anchor], { conformance });
    });
  const all = { strict: true, spiffe: true, 'path-only': true };
  const notStrict = { ...all, strict: false };
  const onlyPath = { ...notStrict, spiffe: false };

  it.each<[string, Wish, typeof all]>([
    ['nothing wrong', {}, all],
    ['serial zero', { serial: integer(0) }, onlyPath],
    ['no authority key identifier', { aki: undefined }, notStrict],
    ['an authority key identifier that identifies no key', bareKeyId, notStrict],
    ['a critical authority key identifier', { aki: authorityKeyId(Uint8Array.of(1), true) }, onlyPath],
    ['a DNS name with an underscore', sans(san.dns('a_b.example.org')), notStrict],
    ['a DNS name with a space', sans(san.dns('a b')), notStrict],
    ['a DNS name that is an address', sans(san.dns('192.0.2.1')), notStrict],
    ['a wildcard further down', sans(san.dns('a.*.example.org')), notStrict],
    ['a wildcard', sans(san.dns('*.example.org')), all],
    ['an upper-case DNS name', sans(san.dns('A.EXAMPLE.org')), all],
    ['a mail address with two at signs', sans(san.email('a@b@example.org')), notStrict],
    ['a mail address', sans(san.email('a.b@example.org')), all],
    ['empty subject and a SAN that is not critical', { subject: encodeSequence() }, onlyPath],
    ['keyCertSign without CA', { ku: keyUsageExtension(keyUsage.keyCertSign) }, onlyPath],
  ])('a leaf with %s', (_, wish, expected) => {
    expect(allows(wish, asLeaf)).toEqual(expected);
  });

  it.each<[string, Wish, typeof all]>([
    ['nothing wrong', {}, all],
    ['serial zero', { serial: integer(0) }, onlyPath],
    ['no authority key identifier', { aki: undefined }, notStrict],
    ['an authority key identifier that identifies no key', bareKeyId, notStrict],
    ['a DNS name with an underscore', sans(san.dns('a_b')), notStrict],
    ['no subject key identifier', noKeyId, onlyPath],
    ['no key usage', { ku: undefined }, all],
    ['basic constraints that are not critical', { bc: basicConstraints(true, undefined, false) }, onlyPath],
    [
      'name constraints that are not critical',
      { more: [nameConstraints({ permitted: [san.uri('example.org')] }, false)] },
      onlyPath,
    ],
  ])('a CA with %s', (_, wish, expected) => {
    expect(allows(wish, asIssuer)).toEqual(expected);
  });

  it('a root that another one issued says by which key', () => {
    const cross = (wish: Wish): string[] =>
      levels.map((conformance) => {
        const trusted = intermediate('cross', anchor, wish);
        return verdict(leaf('end', trusted), [], [trusted], { conformance });
      });
    expect(allows({}, cross)).toEqual(all);
    expect(allows({ aki: undefined }, cross)).toEqual(notStrict);
    expect(allows({ aki: undefined, signer: testKey('cross') }, cross)).toEqual(all);
  });

  it('only who signed itself need not say by which key', () => {
    const rolled = intermediate('root', anchor, { key: testKey('rolled'), aki: undefined });
    expect(verdict(leaf('end', rolled), [rolled], [anchor])).toBe('ERR_X509_KEY_IDENTIFIER');
    expect(verdict(anchor, [], [anchor])).toBe('valid');
  });

  it('but constraints still bind', () => {
    const issuer = intermediate('ca', anchor, {
      more: [nameConstraints({ permitted: [san.uri('other.org')] }, false)],
    });
    const options: Options = { conformance: 'path-only' };
    expect(verdict(leaf('end', issuer), [issuer], [anchor], options)).toBe('ERR_X509_NAME_CONSTRAINTS');
  });
});

describe('a CA without a name', () => {
  const nameless = root('nameless', { subject: encodeSequence(), issuerName: commonName('x') });
  const below = leaf('end', nameless, { issuerName: encodeSequence() });
  const tried = (conformance: 'strict' | 'spiffe' | 'path-only'): string =>
    codeOf(() =>
      verifyChain(parseCertificate(below.der, { conformance: 'path-only' }), {
        intermediates: [],
        roots: [nameless.certificate],
        at: NOW,
        conformance,
      }),
    ) ?? 'valid';

  it('issues nothing, unless no more than path validation is asked for', () => {
    expect(tried('strict')).toBe('ERR_X509_SUBJECT');
    expect(tried('spiffe')).toBe('ERR_X509_SUBJECT');
    expect(tried('path-only')).toBe('valid');
  });
});

describe('signatures by every accepted kind of key', () => {
  it.each([
    ['P-256', algorithms.ecdsaSha256, 'sha256'],
    ['P-384', algorithms.ecdsaSha384, 'sha384'],
    ['P-521', algorithms.ecdsaSha512, 'sha512'],
    ['rsa-2048', algorithms.rsaSha256, 'sha256'],
    ['ed25519', algorithms.ed25519, undefined],
  ] as const)('%s', (kind, algorithm, hash) => {
    const issuer = intermediate('ca', anchor, { key: testKey('issuer', kind) });
    expect(verdict(leaf('end', issuer, { algorithm, hash }), [issuer], [anchor])).toBe('valid');
  });

  it('an issuer with a key of an unsupported kind fails with the key’s reason', () => {
    const issuer = intermediate('ca', anchor, { key: broken(testKey('ca')) });
    expect(verdict(leaf('end', issuer), [issuer], [anchor])).toBe('ERR_KEY_MALFORMED');
  });
});

describe('X509-12 path lengths', () => {
  const chain = (...pathLens: (number | undefined)[]): Party[] => {
    const made: Party[] = [];
    for (const [level, pathLen] of pathLens.entries()) {
      const wish = { bc: basicConstraints(true, pathLen) };
      const above = made.at(-1);
      made.push(above === undefined ? root('level 0', wish) : intermediate(`level ${level}`, above, wish));
    }
    return made;
  };
  const check = (pathLens: (number | undefined)[], options: Options = {}): string => {
    const [trusted, ...others] = chain(...pathLens);
    return verdict(leaf('end', others.at(-1) ?? trusted!), others.reverse(), [trusted!], options);
  };

  it.each<[string, (number | undefined)[], string]>([
    ['0 at the root, leaf below it', [0], 'valid'],
    ['0 at the root, one CA below it', [0, undefined], 'ERR_X509_PATH_LENGTH'],
    ['0 at the last CA', [undefined, 0], 'valid'],
    ['0 above another CA', [undefined, 0, undefined], 'ERR_X509_PATH_LENGTH'],
    ['1 above one CA', [1, undefined], 'valid'],
    ['1 above two CAs', [1, undefined, undefined], 'ERR_X509_PATH_LENGTH'],
    ['a larger one further down changes nothing', [1, 5], 'valid'],
    ['a larger one further down does not lift it', [1, 5, 5], 'ERR_X509_PATH_LENGTH'],
    ['none anywhere', [undefined, undefined, undefined, undefined], 'valid'],
  ])('%s', (_, pathLens, expected) => {
    expect(check(pathLens)).toBe(expected);
  });

  it('CAs that issued themselves do not count', () => {
    const trusted = root('r', { bc: basicConstraints(true, 0) });
    const rolled = intermediate('r', trusted, {
      key: testKey('new key of r'),
      bc: basicConstraints(true, 0),
    });
    expect(verdict(leaf('end', rolled), [rolled], [trusted])).toBe('valid');
    expect(verdict(leaf('end', rolled), [rolled], [trusted], { maxIntermediates: 0 })).toBe('valid');
  });

  it('nor for ever: even of those a path has an end', () => {
    const rolls = Array.from({ length: 24 }, (_, i) => testKey(`roll ${i}`));
    const top = root('r', { key: rolls[0]! });
    const rolled = rolls
      .slice(1)
      .map((key, i) => intermediate('r', { name: top.name, key: rolls[i]! }, { key }));
    expect(verdict(leaf('end', rolled.at(10)!), rolled, [top])).toBe('valid');
    expect(verdict(leaf('end', rolled.at(-1)!), rolled, [top])).toMatch(/CHAIN_TOO_LONG|WORK_LIMIT/u);
  });

  it('a root does not count, whoever issued it', () => {
    expect(verdict(end, [], [ca], { maxIntermediates: 0 })).toBe('valid');
  });

  it('the caller may set a length too', () => {
    expect(check([undefined, undefined], { maxIntermediates: 1 })).toBe('valid');
    expect(check([undefined, undefined, undefined], { maxIntermediates: 1 })).toBe('ERR_X509_CHAIN_TOO_LONG');
    expect(check([undefined], { maxIntermediates: 0 })).toBe('valid');
    expect(check([undefined, undefined], { maxIntermediates: 0 })).toBe('ERR_X509_CHAIN_TOO_LONG');
  });

  it('eight CAs are allowed by default', () => {
    expect(check(Array<undefined>(9).fill(undefined))).toBe('valid');
    expect(check(Array<undefined>(10).fill(undefined))).toBe('ERR_X509_CHAIN_TOO_LONG');
  });
});

describe('purposes', () => {
  const purposes = (...oids: string[]): Wish => (oids.length === 0 ? {} : { more: [extKeyUsage(...oids)] });
  const server = { requiredExtKeyUsage: [oid.serverAuth] };
  it.each<[string, string[], string[], Options, string]>([
    ['none listed, none required', [], [], {}, 'valid'],
    ['none listed, one required', [], [], server, 'valid'],
    ['the required one', [], [oid.serverAuth], server, 'valid'],
    ['not the required one', [], [oid.clientAuth], server, 'ERR_X509_EXT_KEY_USAGE'],
    ['any', [], [oid.anyExtendedKeyUsage], server, 'valid'],
    ['a CA for another one', [oid.clientAuth], [], server, 'ERR_X509_EXT_KEY_USAGE'],
    ['a CA for any', [oid.anyExtendedKeyUsage], [oid.serverAuth], server, 'valid'],
    ['a CA for more', [oid.serverAuth, oid.clientAuth], [oid.serverAuth], server, 'valid'],
    [
      'a CA that shares nothing with the leaf',
      [oid.clientAuth],
      [oid.serverAuth],
      {},
      'ERR_X509_EXT_KEY_USAGE',
    ],
    ['a CA that shares one of two', [oid.clientAuth], [oid.serverAuth, oid.clientAuth], {}, 'valid'],
  ])('%s', (_, ofCa, ofLeaf, options, expected) => {
    const issuer = intermediate('ca', anchor, purposes(...ofCa));
    expect(verdict(leaf('end', issuer, purposes(...ofLeaf)), [issuer], [anchor], options)).toBe(expected);
  });
});

describe('names chain', () => {
  const issued = (subject: Uint8Array, issuerName: Uint8Array): string => {
    const issuer = root('r', { subject });
    return verdict(leaf('end', issuer, { issuerName }), [], [issuer]);
  };
  it.each([
    ['the same octets', commonName('Root CA'), commonName('Root CA'), 'valid'],
    ['another case', commonName('Root CA'), commonName('ROOT ca'), 'valid'],
    ['more spaces', commonName('Root CA'), commonName(' Root   CA '), 'valid'],
    ['another string type', commonName('Root CA'), utf8Name('Root CA'), 'valid'],
    ['another word', commonName('Root CA'), commonName('Root CB'), 'ERR_X509_NO_PATH'],
    ['a space less', commonName('Root CA'), commonName('RootCA'), 'ERR_X509_NO_PATH'],
    ['another attribute', commonName('x'), distinguishedName({ organization: 'x' }), 'ERR_X509_NO_PATH'],
    [
      'an attribute more',
      commonName('x'),
      distinguishedName({ organization: 'y', commonName: 'x' }),
      'ERR_X509_NO_PATH',
    ],
  ])('%s', (_, subject, issuerName, expected) => {
    expect(issued(subject, issuerName)).toBe(expected);
  });
});

describe('among many issuers the right one is found', () => {
  const otherRoot = root('other root');
  const wrongKey = { key: testKey('another key of ca') };

  it.each<[string, Party[], Party[]]>([
    ['in any order', [ca, intermediate('x', anchor)], [anchor]],
    ['given twice', [ca, ca], [anchor, anchor]],
    ['with its root among the intermediates', [ca, anchor], [anchor]],
    ['with the leaf among the intermediates', [end, ca], [anchor]],
    [
      'among unrelated ones',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => intermediate(name, otherRoot)).concat(ca),
      [otherRoot, anchor],
    ],
    ['beside one of the same name with another key', [intermediate('ca', anchor, wrongKey), ca], [anchor]],
    [
      'beside one of the same name and key identifier with another key',
      [intermediate('ca', anchor, { ...wrongKey, ski: subjectKeyId(ca.certificate.subjectKeyId!) }), ca],
      [anchor],
    ],
    ['beside an expired copy', [intermediate('ca', anchor, lasting(-9, -1)), ca], [anchor]],
    [
      'beside a copy that is no CA',
      [intermediate('ca', anchor, { bc: basicConstraints(false), ku: undefined }), ca],
      [anchor],
    ],
    [
      'beside a copy with constraints',
      [intermediate('ca', anchor, { more: [nameConstraints({ excluded: [san.uri('example.org')] })] }), ca],
      [anchor],
    ],
    ['beside a copy from an untrusted root', [intermediate('ca', otherRoot), ca], [anchor]],
    [
      'beside a copy with a forged signature',
      [intermediate('ca', anchor, { signer: testKey('stranger') }), ca],
      [anchor],
    ],
    [
      'beside a copy with SHA-1',
      [intermediate('ca', anchor, { algorithm: algorithms.ecdsaSha1, hash: 'sha1' }), ca],
      [anchor],
    ],
    [
      'beside a copy for another purpose',
      [intermediate('ca', anchor, { more: [extKeyUsage('1.2.3')] }), ca],
      [anchor],
    ],
    ['beside an expired root of the same name', [ca], [root('root', { ...lasting(-9, -1) }), anchor]],
    [
      'beside a root of the same name with another key',
      [ca],
      [root('root', { key: testKey('another root') }), anchor],
    ],
    [
      'whatever key identifiers claim',
      [intermediate('ca', anchor, { ski: subjectKeyId(Uint8Array.of(1)) })],
      [anchor],
    ],
  ])('%s', (_, intermediates, roots) => {
    const tried = leaf('end', ca, { more: [extKeyUsage(oid.serverAuth)] });
    expect(verdict(tried, intermediates, roots)).toBe('valid');
    expect(verdict(tried, intermediates.toReversed(), roots.toReversed())).toBe('valid');
  });

  it('across a cross-signed root', () => {
    const cross = intermediate('root', otherRoot, { key: anchor.key });
    expect(verify(end, [ca, cross], [otherRoot])).toEqual(certificates([end, ca, cross, otherRoot]));
    expect(verify(end, [ca, cross, anchor], [anchor, otherRoot])).toEqual(certificates([end, ca, anchor]));
  });

  it('by turning back from a dead end two levels up', () => {
    const dead = intermediate('middle', otherRoot, { key: testKey('middle') });
    const alive = intermediate('middle', anchor, { key: testKey('middle') });
    const last = intermediate('last', alive);
    const strict = root('other root', { more: [nameConstraints({ permitted: [san.uri('other.org')] })] });
    expect(verify(leaf('end', last), [last, dead, alive], [strict, anchor])).toHaveLength(4);
  });

  it('through a circle of CAs that sign each other', () => {
    const a = { name: commonName('a'), key: testKey('a') };
    const b = { name: commonName('b'), key: testKey('b') };
    const circle = [intermediate('a', b), intermediate('b', a)];
    const way = intermediate('b', anchor);
    expect(verdict(leaf('end', a), circle, [anchor])).toBe('ERR_X509_NO_PATH');
    expect(verdict(leaf('end', a), [...circle, way], [anchor])).toBe('valid');
  });
});

describe('the reason given is that of the most promising path', () => {
  it('an expired CA further up', () => {
    const old = intermediate('old', anchor, lasting(-9, -1));
    const below = intermediate('below', old);
    expect(verdict(leaf('end', below), [below, old], [anchor])).toBe('ERR_X509_EXPIRED');
  });

  it('a missing CA further up', () => {
    const below = intermediate('below', ca);
    expect(verdict(leaf('end', below), [below], [anchor])).toBe('ERR_X509_NO_PATH');
  });
});

describe('work is bounded', () => {
  const names = ['p', 'q', 'r', 's', 't', 'u'];
  const parties = names.map((name) => ({ name: commonName(name), key: testKey(name) }));
  // Every one signs every other one: as many paths as there are orders.
  const mesh = parties.flatMap((issuer, i) =>
    names.filter((_, j) => j !== i).map((name) => intermediate(name, issuer)),
  );
  it('without a root nothing is even tried', () => {
    expect(verdict(leaf('end', parties[0]!), mesh, [anchor])).toBe('ERR_X509_NO_PATH');
  });

  it('with a root at the end of every path, and none that holds', () => {
    const closed = nameConstraints({ permitted: [san.uri('other.org')] });
    const exits = names.map((name) => intermediate(name, anchor, { more: [closed] }));
    const tried = (): void => {
      expect(verdict(leaf('end', parties[0]!), [...mesh, ...exits], [anchor])).toMatch(
        /WORK_LIMIT|NAME_CONSTRAINTS/u,
      );
    };
    expect(cpuMilliseconds(tried)).toBeLessThan(500);
  });

  it('signatures: many keys of the same name and key identifier', () => {
    const ski = subjectKeyId(ca.certificate.subjectKeyId!);
    const impostors = (count: number): Party[] =>
      Array.from({ length: count }, (_, i) =>
        intermediate('ca', anchor, { key: testKey(`impostor ${i}`), ski }),
      );
    expect(verdict(end, [...impostors(40), ca], [anchor])).toBe('valid');
    expect(verdict(end, [...impostors(120), ca], [anchor])).toBe('ERR_X509_WORK_LIMIT');
  });

  it('steps: few certificates, a great many paths, all of which end at the root’s constraints', () => {
    const top = root('top', { more: [nameConstraints({ permitted: [san.uri('other.org')] })] });
    const layers = Array.from({ length: 8 }, (_, level) => ({
      name: commonName(`layer ${level}`),
      key: testKey(`layer ${level}`),
    }));
    const pool = layers.flatMap(({ key }, level) =>
      [0, 1, 2].map(() => intermediate(`layer ${level}`, layers[level - 1] ?? top, { key })),
    );
    const last = leaf('end', layers[7]!);
    expect(
      cpuMilliseconds(() => expect(verdict(last, pool, [top])).toBe('ERR_X509_WORK_LIMIT')),
    ).toBeLessThan(500);
  });

  it('more certificates than anyone needs', () => {
    const many = Array.from({ length: 257 }, () => ca);
    expect(verdict(end, many, [anchor])).toBe('ERR_X509_WORK_LIMIT');
  });

  it('thousands of names against thousands of constraints', () => {
    const general = Array.from({ length: 1500 }, (_, i) => san.dns(`${i}.example.org`));
    const issuer = intermediate('ca', anchor, { more: [nameConstraints({ excluded: general })] });
    const crowded = leaf('end', issuer, { san: subjectAltName(general) });
    expect(
      cpuMilliseconds(() => expect(verdict(crowded, [issuer], [anchor])).toBe('ERR_X509_WORK_LIMIT')),
    ).toBeLessThan(500);
  });

  it('a great many names, none of which is compared', () => {
    const crowd = subjectAltName(Array<Uint8Array>(20_000).fill(san.dns('a')));
    const closed = Array.from({ length: 200 }, (_, i) =>
      intermediate('ca', anchor, {
        key: testKey(`closed ${i}`),
        more: [nameConstraints({ excluded: [san.dns('b')] })],
      }),
    );
    const crowded = leaf('end', { name: ca.name, key: testKey('nobody') }, { san: crowd });
    const tried = (): void => {
      expect(verdict(crowded, closed, [anchor])).toBe('ERR_X509_WORK_LIMIT');
    };
    expect(cpuMilliseconds(tried)).toBeLessThan(500);
  });

  it.each(['P-256', 'P-384', 'P-521'] as const)('slow signatures count for more: %s', (kind) => {
    const many = Array.from({ length: 110 }, (_, i) =>
      intermediate('ca', anchor, { key: testKey(`slow ${i}`, kind) }),
    );
    const signed = {
      signer: testKey('nobody', kind),
      algorithm: algorithms.ecdsaSha512,
      hash: 'sha512',
    };
    const unsigned = leaf('end', { name: ca.name, key: testKey('nobody', kind) }, signed);
    const tried = (): void => {
      expect(verdict(unsigned, many, [anchor])).toBe('ERR_X509_WORK_LIMIT');
    };
    expect(cpuMilliseconds(tried)).toBeLessThan(500);
  });

  it('a path of nothing but slow signatures is still found', () => {
    const kind = 'P-521';
    const signed = { algorithm: algorithms.ecdsaSha512, hash: 'sha512' };
    const key = (level: number): TestKey => testKey(`level ${level}`, kind);
    const top = root('0', { key: key(0), signer: key(0), ...signed });
    const between = Array.from({ length: 8 }, (_, i) =>
      intermediate(`${i + 1}`, { name: commonName(`${i}`), key: key(i) }, { key: key(i + 1), ...signed }),
    );
    const last = leaf('end', { name: commonName('8'), key: key(8) }, signed);
    expect(verdict(last, between, [top])).toBe('valid');
  });

  it('intermediates of more than 256 KiB', () => {
    const big = (i: number): Party =>
      intermediate(`big ${i}`, anchor, { more: [extension('1.2.3', new Uint8Array(60_000))] });
    expect(verdict(end, [ca, big(1), big(2), big(3), big(4)], [anchor])).toBe('valid');
    expect(verdict(end, [ca, big(1), big(2), big(3), big(4), big(5)], [anchor])).toBe('ERR_X509_WORK_LIMIT');
  });

  it('names that take long to compare', () => {
    const text = '\u0315'.repeat(8000) + '\u0316'.repeat(8000);
    const slow = (i: number): Party => intermediate('x', anchor, { subject: utf8Name(`${text}${i}`) });
    const pool = Array.from({ length: 7 }, (_, i) => slow(i));
    const tried = (): void => {
      expect(verdict(end, [...pool, ca], [anchor])).toBe('valid');
    };
    expect(cpuMilliseconds(tried)).toBeLessThan(500);
  });

  it('time must be a number', () => {
    expect(() => verify(end, [ca], [anchor], { at: NaN })).toThrow(TypeError);
  });
});

it('a mutated certificate never verifies', () => {
  fc.assert(
    fc.property(mutations, fc.boolean(), (changes, ofLeaf) => {
      const original = ofLeaf ? end : ca;
      const der = mutate(original.der, changes);
      fc.pre(Buffer.compare(der, original.der) !== 0);
      const outcome = codeOf(() => {
        const certificate = parseCertificate(der);
        const [tried, between] = ofLeaf ? [certificate, ca.certificate] : [end.certificate, certificate];
        verifyChain(tried, { intermediates: [between], roots: [anchor.certificate], at: NOW });
      });
      expect(outcome).toBeDefined();
    }),
    { numRuns: 1500 },
  );
});

it('keeps to the form of the names that it does not read', () => {
  const odd = encodeContextPrimitive(8, Uint8Array.of(0x2a, 3));
  expect(verdict(leaf('end', ca, { san: subjectAltName([odd]) }), [ca], [anchor])).toBe('valid');
});
