import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { X509Bundle, type X509BundleSource } from '../bundle/x509-bundle.ts';
import { SignetError, SvidError } from '../errors.ts';
import { parseTrustDomain } from '../spiffe-id/spiffe-id.ts';
import { encodeSequence } from '../x509/der/der-writer.ts';
import { keyUsage } from '../x509/key-usage.ts';
import { oid } from '../x509/object-identifiers.ts';
import {
  basicConstraints,
  extension,
  extKeyUsage,
  integer,
  intermediate,
  keyUsageExtension,
  leaf,
  NOW,
  type Party,
  root,
  san,
  subjectAltName,
  testKey,
  type Wish,
} from '../x509/testdata/certificate-builder.ts';
import { codeOf } from '../x509/testdata/error-code.ts';
import { mutate, mutations } from '../x509/testdata/mutations.ts';
import { verifyX509Svid } from './verify-x509-svid.ts';

const trustDomain = parseTrustDomain('example.org');
const anchor = root('root', { san: subjectAltName([san.uri('spiffe://example.org')]) });
const bundleOf = (name: string, ...authorities: Party[]): X509Bundle =>
  new X509Bundle(
    parseTrustDomain(name),
    authorities.map(({ certificate }) => certificate),
  );
const bundles = bundleOf('example.org', anchor);
const good = leaf('workload', anchor);

const chainOf = (...parties: Party[]): Uint8Array[] => parties.map(({ der }) => der);
const verdict = (chain: Uint8Array[], source: X509BundleSource = bundles, at: number = NOW): string =>
  codeOf(() => verifyX509Svid(chain, { bundles: source, at })) ?? 'valid';
const uris = (...texts: string[]): Wish => ({ san: subjectAltName(texts.map(san.uri)) });
const withDns = (name: string): Uint8Array =>
  subjectAltName([san.dns(name), san.uri('spiffe://example.org/workload')]);
const usage = (bits: number): Wish => ({ ku: keyUsageExtension(bits) });
const { digitalSignature, keyEncipherment, keyAgreement, keyCertSign, crlSign } = keyUsage;

it('gives the SPIFFE ID and the path to the authority', () => {
  const ca = intermediate('ca', anchor);
  const end = leaf('workload', ca);
  const { id, chain } = verifyX509Svid(chainOf(end, ca), { bundles, at: NOW });
  expect(id.uri).toBe('spiffe://example.org/workload');
  expect(chain.map(({ serialHex }) => serialHex)).toEqual(
    [end, ca, anchor].map(({ certificate }) => certificate.serialHex),
  );
});

describe('the leaf', () => {
  it.each<[string, Wish, string]>([
    [
      'X509-2 two SPIFFE IDs',
      uris('spiffe://example.org/a', 'spiffe://example.org/b'),
      'ERR_X509_SVID_URI_SAN_COUNT',
    ],
    [
      'X509-2 a SPIFFE ID and another URI',
      uris('spiffe://example.org/a', 'https://example.org/'),
      'ERR_X509_SVID_URI_SAN_COUNT',
    ],
    ['X509-1 no URI', { san: subjectAltName([san.dns('example.org')]) }, 'ERR_X509_SVID_URI_SAN_COUNT'],
    ['X509-1 no SAN', { san: undefined }, 'ERR_X509_SVID_URI_SAN_COUNT'],
    [
      'X509-3 other SANs beside the ID',
      {
        san: subjectAltName([
          san.dns('a.example.org'),
          san.ip(10, 0, 0, 1),
          san.uri('spiffe://example.org/a'),
        ]),
      },
      'valid',
    ],
    [
      'X509-5 empty subject, critical SAN',
      { subject: encodeSequence(), san: subjectAltName([san.uri('spiffe://example.org/a')], true) },
      'valid',
    ],
    ['X509-20 both purposes', { more: [extKeyUsage(oid.clientAuth, oid.serverAuth)] }, 'valid'],
    [
      'X509-20 both purposes and another',
      { more: [extKeyUsage(oid.clientAuth, oid.serverAuth, '1.2.3')] },
      'valid',
    ],
    ['X509-19 no purposes', {}, 'valid'],
    ['X509-20 only serverAuth', { more: [extKeyUsage(oid.serverAuth)] }, 'ERR_X509_SVID_EXT_KEY_USAGE'],
    ['X509-20 only clientAuth', { more: [extKeyUsage(oid.clientAuth)] }, 'ERR_X509_SVID_EXT_KEY_USAGE'],
    ['X509-20 only any', { more: [extKeyUsage(oid.anyExtendedKeyUsage)] }, 'ERR_X509_SVID_EXT_KEY_USAGE'],
    [
      'X509-17 keyEncipherment and keyAgreement too',
      usage(digitalSignature | keyEncipherment | keyAgreement),
      'valid',
    ],
    ['X509-16 no digitalSignature', usage(keyEncipherment), 'ERR_X509_SVID_KEY_USAGE'],
    ['X509-14 no key usage', { ku: undefined }, 'ERR_X509_SVID_KEY_USAGE'],
    ['X509-24 keyCertSign', usage(digitalSignature | keyCertSign), 'ERR_X509_SVID_KEY_USAGE'],
    ['X509-24 cRLSign', usage(digitalSignature | crlSign), 'ERR_X509_SVID_KEY_USAGE'],
    ['X509-23 a CA', { bc: basicConstraints(true) }, 'ERR_X509_SVID_CA'],
    ['X509-23 no basic constraints', { bc: undefined }, 'valid'],
    ['X509-25 another scheme', uris('https://example.org/a'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-25 upper-case scheme', uris('SPIFFE://example.org/a'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-25 upper-case trust domain', uris('spiffe://Example.org/a'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-25 trailing slash', uris('spiffe://example.org/a/'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-25 dot segment', uris('spiffe://example.org/../a'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-25 percent-encoding', uris('spiffe://example.org/%61'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-25 query', uris('spiffe://example.org/a?b'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-25 port', uris('spiffe://example.org:80/a'), 'ERR_X509_SVID_SPIFFE_ID'],
    ['X509-26 no path', uris('spiffe://example.org'), 'ERR_X509_SVID_PATH_MISSING'],
    ['SID-14 an ID of 2048 bytes', uris(`spiffe://example.org/${'a'.repeat(2027)}`), 'valid'],
    ['X509-22 expired', { notAfter: NOW - 1 }, 'ERR_X509_SVID_UNTRUSTED'],
    [
      'X509-22 unknown critical extension',
      { more: [extension('1.2.3', Uint8Array.of(5, 0), true)] },
      'ERR_X509_SVID_UNTRUSTED',
    ],
    ['X509-22 foreign signature', { signer: root('stranger').key }, 'ERR_X509_SVID_UNTRUSTED'],
  ])('%s', (_, wish, expected) => {
    expect(verdict(chainOf(leaf('workload', anchor, wish)))).toBe(expected);
  });

  it('X509-10 X509-23 a signing certificate authenticates nobody', () => {
    expect(verdict(chainOf(anchor))).toBe('ERR_X509_SVID_PATH_MISSING');
    const withPath = intermediate('ca', anchor, uris('spiffe://example.org/ca'));
    expect(verdict(chainOf(withPath))).toBe('ERR_X509_SVID_CA');
  });
});

describe('X509-27 SID-18 only the bundle of the leaf’s own trust domain counts', () => {
  const foreign = root('foreign root');
  const both: X509BundleSource = {
    x509Bundle: ({ name }) =>
      [bundles, bundleOf('example.com', foreign)].find((bundle) => bundle.trustDomain.name === name),
  };

  it('an authority of another trust domain does not', () => {
    expect(verdict(chainOf(leaf('workload', foreign)), both)).toBe('ERR_X509_SVID_UNTRUSTED');
    expect(verdict(chainOf(leaf('workload', foreign, uris('spiffe://example.com/workload'))), both)).toBe(
      'valid',
    );
  });

  it('no bundle, no trust', () => {
    expect(verdict(chainOf(leaf('workload', anchor, uris('spiffe://example.com/a'))))).toBe(
      'ERR_X509_SVID_NO_BUNDLE',
    );
  });

  it('X509-34 an empty bundle trusts nobody', () => {
    expect(verdict(chainOf(good), bundleOf('example.org'))).toBe('ERR_X509_SVID_UNTRUSTED');
  });

  it('a source that gives the bundle of another trust domain is not believed', () => {
    const confused: X509BundleSource = { x509Bundle: () => bundleOf('example.com', anchor) };
    expect(verdict(chainOf(good), confused)).toBe('ERR_X509_SVID_NO_BUNDLE');
  });

  it('a root sent along is not trusted for it', () => {
    expect(verdict(chainOf(leaf('workload', foreign), foreign))).toBe('ERR_X509_SVID_UNTRUSTED');
  });
});

describe('the chain', () => {
  it('X509-9 may have CAs below CAs', () => {
    const upper = intermediate('upper', anchor);
    const lower = intermediate('lower', upper);
    expect(verdict(chainOf(leaf('workload', lower), lower, upper))).toBe('valid');
    expect(verdict(chainOf(leaf('workload', lower), upper, lower, anchor))).toBe('valid');
  });

  it('X509-12 may not be longer than a path length says', () => {
    const upper = intermediate('upper', anchor, { bc: basicConstraints(true, 0) });
    const lower = intermediate('lower', upper);
    expect(verdict(chainOf(leaf('workload', lower), lower, upper))).toBe('ERR_X509_SVID_UNTRUSTED');
  });

  it.each<[string, Uint8Array[], string]>([
    ['nothing', [], 'ERR_X509_SVID_EMPTY'],
    ['nine certificates', Array<Uint8Array>(9).fill(good.der), 'ERR_X509_CHAIN_TOO_LONG'],
    ['more than 64 KiB', [good.der, new Uint8Array(65_536)], 'ERR_X509_CHAIN_TOO_LONG'],
    ['a leaf that is no certificate', [Uint8Array.of(0x30, 0)], 'ERR_X509_MALFORMED'],
    ['a second one that is no certificate', [good.der, Uint8Array.of(0x30, 0)], 'ERR_X509_MALFORMED'],
    ['data after the leaf', [Buffer.concat([good.der, Uint8Array.of(0)])], 'ERR_X509_MALFORMED'],
  ])('refuses %s', (_, chain, expected) => {
    expect(verdict(chain)).toBe(expected);
  });

  it.each<[string, Wish]>([
    ['a DNS name with an underscore', { san: withDns('db_1.prod.svc') }],
    ['an upper-case DNS name', { san: withDns('DB.Example.org') }],
    ['a DNS name with a space', { san: withDns('db 1') }],
    ['a wildcard', { san: withDns('*.example.org') }],
    ['no authority key identifier', { aki: undefined }],
    [
      'the same subject as its issuer, and no authority key identifier',
      { subject: anchor.name, aki: undefined },
    ],
  ])('may be as SPIRE issues it: a leaf with %s', (_, wish) => {
    expect(verdict(chainOf(leaf('workload', anchor, wish)))).toBe('valid');
  });

  it('may be as SPIRE issues it: a CA of the same name as the authority above it', () => {
    const ca = intermediate('root', anchor, { key: testKey('downstream'), aki: undefined });
    expect(verdict(chainOf(leaf('workload', ca), ca))).toBe('valid');
  });

  it('may end in an authority with the serial number zero', () => {
    const zero = root('zero', { serial: integer(0) });
    expect(verdict(chainOf(leaf('workload', zero)), bundleOf('example.org', zero))).toBe('valid');
    expect(verdict(chainOf(leaf('workload', anchor, { serial: integer(0) })))).toBe(
      'ERR_X509_SVID_UNTRUSTED',
    );
  });

  it('says why it is not trusted, and nothing else', () => {
    const expired = leaf('workload', anchor, { notAfter: NOW - 1 });
    const outcome = (): unknown => verifyX509Svid(chainOf(expired), { bundles, at: NOW });
    expect(outcome).toThrow(SvidError);
    expect(outcome).toThrow('no path to an authority of trust domain "example.org": certificate has expired');
    expect(outcome).toThrow(expect.objectContaining({ details: { reason: 'ERR_X509_EXPIRED' } }));
  });
});

it('SID-21 a mutated X509-SVID is never accepted, and never an untyped error', () => {
  const ca = intermediate('ca', anchor);
  const chain = chainOf(leaf('workload', ca), ca);
  fc.assert(
    fc.property(mutations, fc.boolean(), (changes, ofLeaf) => {
      const [leafDer, caDer] = chain as [Uint8Array, Uint8Array];
      const der = mutate(ofLeaf ? leafDer : caDer, changes);
      fc.pre(Buffer.compare(der, ofLeaf ? leafDer : caDer) !== 0);
      const mutated = ofLeaf ? [der, caDer] : [leafDer, der];
      expect(() => verifyX509Svid(mutated, { bundles, at: NOW })).toThrow(SignetError);
    }),
    { numRuns: 1500 },
  );
  expect(bundles.trustDomain.equals(trustDomain)).toBe(true);
});
