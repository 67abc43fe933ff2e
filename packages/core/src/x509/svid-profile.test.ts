import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { X509Bundle } from '../bundle/x509-bundle.ts';
import { parseSpiffeId, type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import { verifyX509Svid } from '../svid/verify-x509-svid.ts';
import { buildCaTbs } from './ca-profile.ts';
import { parseCertificate } from './certificate.ts';
import { assembleSigned } from './certificate-encoding.ts';
import { encodeElement, encodeObjectIdentifier, encodeSequence, encodeSetOf } from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { distinguishedName } from './distinguished-name.ts';
import { prepareIssuer } from './issuer-profile.ts';
import { keyIdentifier } from './key-identifier.ts';
import { signWithKey } from './key-type.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';
import { newSerial } from './serial-number.ts';
import { buildX509SvidTbs, type X509SvidFields } from './svid-profile.ts';
import { type ExpectedX509Svid, lintX509Svid } from './svid-lint.ts';
import {
  intermediate,
  leaf,
  NOW,
  root,
  testKey,
  type TestKey,
  usages,
  keyUsageExtension,
  basicConstraints,
} from './testdata/certificate-builder.ts';
import { codeOf } from './testdata/error-code.ts';
import { decodeTree, encodeTree } from './testdata/der-tree.ts';

const caKey = testKey('ca');
const workloadKey = testKey('workload');
const spiffeId = parseSpiffeId('spiffe://example.org/workload');
const serial = (...octets: number[]): Uint8Array =>
  Uint8Array.from([...Array<number>(16 - octets.length).fill(0), ...octets]);
const caSubject = distinguishedName({ country: 'US', organization: 'SPIFFE', serialNumber: '1' });

function selfSigned(key: TestKey): Uint8Array {
  const tbs = buildCaTbs({
    serial: serial(1),
    subject: caSubject,
    spkiDer: key.spkiDer,
    uriSan: 'spiffe://example.org',
    notBefore: NOW - 10,
    notAfter: NOW + 86_400,
  });
  const { scheme } = prepareIssuer(root('any', { key }).certificate);
  return assembleSigned(tbs, scheme.algorithmDer, signWithKey(key.privateKey, tbs));
}

const caDer = selfSigned(caKey);
const ca = parseCertificate(caDer);
const issuer = prepareIssuer(ca);
const usual: X509SvidFields = {
  serial: serial(0x8f, 2),
  spkiDer: workloadKey.spkiDer,
  spiffeId,
  dnsNames: [],
  notBefore: NOW - 10,
  notAfter: NOW + 3600,
};

function issue(fields: Partial<X509SvidFields> = {}): Uint8Array {
  const tbs = buildX509SvidTbs(issuer, { ...usual, ...fields });
  return assembleSigned(tbs, issuer.scheme.algorithmDer, signWithKey(caKey.privateKey, tbs));
}

const bundles = new X509Bundle(spiffeId.trustDomain, [ca]);
const subjectOf = (der: Uint8Array): string => new X509Certificate(der).subject.replaceAll('\n', ' ');

describe('an X509-SVID', () => {
  const der = issue();
  const svid = parseCertificate(der);

  it('X509-1 X509-4 has the SPIFFE ID alone as URI SAN', () => {
    expect(svid.uriSans).toEqual([spiffeId.uri]);
    expect(verifyX509Svid([der], { bundles, at: NOW }).id.equals(spiffeId)).toBe(true);
  });

  it('has the extensions of the profile in SPIRE’s order', () => {
    expect(svid.extensions.map((each) => [each.oid, each.critical])).toEqual([
      [oid.keyUsage, true],
      [oid.extKeyUsage, false],
      [oid.basicConstraints, true],
      [oid.subjectKeyIdentifier, false],
      [oid.authorityKeyIdentifier, false],
      [oid.subjectAltName, false],
    ]);
  });

  it('X509-11 is no CA, and says so', () => {
    expect(svid.isCa).toBe(false);
    expect(new X509Certificate(der).ca).toBe(false);
  });

  it('X509-14 X509-16 X509-18 X509-20 has usages for authentication alone', () => {
    expect(svid.keyUsage).toBe(keyUsage.digitalSignature | keyUsage.keyEncipherment | keyUsage.keyAgreement);
    expect(svid.extKeyUsages).toEqual([oid.serverAuth, oid.clientAuth]);
  });

  it('has key identifiers, serial and dates as asked', () => {
    expect(svid.subjectKeyId).toEqual(Uint8Array.from(keyIdentifier(workloadKey.spkiDer)));
    expect(svid.authorityKeyId).toEqual(ca.subjectKeyId);
    expect(svid.serialHex).toBe('8f02');
    expect([svid.notBefore, svid.notAfter]).toEqual([usual.notBefore, usual.notAfter]);
  });

  it('X509-5 has a subject that is never empty', () => {
    const odd = encodeSequence(
      encodeSetOf(
        encodeSequence(
          encodeObjectIdentifier(oid.domainComponent),
          encodeElement(tag.ia5String, Buffer.from('x')),
        ),
      ),
    );
    expect(subjectOf(der)).toBe('C=US O=SPIRE');
    expect(subjectOf(issue({ subject: encodeSequence() }))).toBe('C=US O=SPIRE');
    expect(subjectOf(issue({ subject: odd }))).toBe('C=US O=SPIRE');
    expect(subjectOf(issue({ subject: odd, dnsNames: ['a'] }))).toBe('CN=a');
  });

  it('has a subject other than its issuer, even when asked for that', () => {
    const built = issue({ subject: caSubject });
    expect(subjectOf(built)).toBe('C=US O=SPIRE');
    lintX509Svid(built, { ...usual, issuer });
  });

  it('can be issued whatever subject an operator asks for', () => {
    const attribute = fc
      .record({
        type: fc.constantFrom(
          ...Object.values(oid).filter((each) => each.startsWith('2.5.4.')),
          oid.emailAddress,
        ),
        value: fc.oneof(
          fc.string({ unit: 'binary' }).map((text) => encodeElement(tag.utf8String, Buffer.from(text))),
          fc.uint8Array({ maxLength: 8 }).map((octets) => encodeElement(tag.teletexString, octets)),
          fc.constant(Uint8Array.of(tag.null, 0)),
        ),
      })
      .map(({ type, value }) => encodeSequence(encodeObjectIdentifier(type), value));
    const name = fc
      .array(fc.array(attribute, { minLength: 1, maxLength: 3 }), { maxLength: 4 })
      .map((sets) => encodeSequence(...sets.map((set) => encodeSetOf(...set))));
    fc.assert(
      fc.property(name, fc.constantFrom([], ['a_b'], ['x', 'y']), (subject, dnsNames) => {
        lintX509Svid(issue({ subject, dnsNames }), { ...usual, dnsNames, issuer });
      }),
      { numRuns: 200 },
    );
  });

  it('has the first DNS name as common name', () => {
    const dnsNames = ['b.example.org', 'a.example.org'];
    const named = issue({ dnsNames });
    expect(subjectOf(named)).toBe('C=US O=SPIRE CN=b.example.org');
    expect(parseCertificate(named).dnsSans).toEqual(dnsNames);
    const asked = distinguishedName({ organization: 'Acme', commonName: 'x', serialNumber: '7' });
    expect(subjectOf(issue({ subject: asked, dnsNames }))).toBe('O=Acme CN=b.example.org serialNumber=7');
    expect(subjectOf(issue({ subject: asked }))).toBe('O=Acme CN=x serialNumber=7');
  });

  it('SID-14 has room for an ID of 2048 bytes', () => {
    const long = parseSpiffeId(`spiffe://example.org/${'a'.repeat(2027)}`);
    expect(verifyX509Svid([issue({ spiffeId: long })], { bundles, at: NOW }).id.uri).toBe(long.uri);
  });

  it('is DER through and through, lints and verifies, whatever the fields', () => {
    const segment = fc.stringMatching(/^[a-zA-Z0-9_-]{1,40}$/u);
    const fields = fc.record({
      serial: fc
        .uint8Array({ minLength: 16, maxLength: 16 })
        .filter((octets) => octets.some((octet) => octet > 0)),
      spiffeId: fc
        .array(segment, { minLength: 1, maxLength: 8 })
        .map((parts) => parseSpiffeId(`spiffe://example.org/${parts.join('/')}`)),
      dnsNames: fc.array(fc.stringMatching(/^[a-z0-9]{1,60}$/u), { maxLength: 5 }),
      notBefore: fc.integer({ min: NOW - 10, max: NOW }),
      notAfter: fc.integer({ min: NOW, max: NOW + 86_400 }),
    });
    fc.assert(
      fc.property(fields, (chosen) => {
        const built = issue(chosen);
        expect(Buffer.compare(encodeTree(decodeTree(built)), built)).toBe(0);
        lintX509Svid(built, { ...usual, ...chosen, issuer });
        expect(verifyX509Svid([built], { bundles, at: NOW }).id.uri).toBe(chosen.spiffeId.uri);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['a_b', 'A.Example.org', 'a b', 'a:b', '*.a', '-'])(
    'takes the DNS name "%s", as SPIRE does',
    (name) => {
      const built = issue({ dnsNames: [name] });
      lintX509Svid(built, { ...usual, dnsNames: [name], issuer });
      expect(parseCertificate(built).dnsSans).toEqual([name]);
      expect(verifyX509Svid([built], { bundles, at: NOW }).id.uri).toBe(spiffeId.uri);
    },
  );

  it.each(['', 'ä.example.org', 'a\n', 'a\0'])('refuses the DNS name "%s"', (name) => {
    expect(codeOf(() => issue({ dnsNames: [name] }))).toBe('ERR_INVALID_ARGUMENT');
  });
});

describe('lintX509Svid lets nothing out that was not meant', () => {
  const der = issue({ dnsNames: ['a.example.org'] });
  const expected: ExpectedX509Svid = { ...usual, dnsNames: ['a.example.org'], issuer };
  const other = parseSpiffeId('spiffe://example.org/other');

  it('and lets out what was', () => {
    expect(
      codeOf(() => {
        lintX509Svid(der, expected);
      }),
    ).toBeUndefined();
  });

  it.each<[string, Partial<ExpectedX509Svid>]>([
    ['another serial', { serial: serial(1) }],
    ['another SPIFFE ID', { spiffeId: other }],
    ['another key', { spkiDer: testKey('other').spkiDer }],
    ['another DNS name', { dnsNames: ['b.example.org'] }],
    ['a DNS name more', { dnsNames: [] }],
    ['another notBefore', { notBefore: NOW - 9 }],
    ['another notAfter', { notAfter: NOW + 3601 }],
    ['another issuer name', { issuer: { ...issuer, issuerDer: distinguishedName({ commonName: 'x' }) } }],
    ['another authority key', { issuer: { ...issuer, subjectKeyId: serial(1) } }],
    [
      'another signature algorithm',
      {
        issuer: {
          ...issuer,
          scheme: prepareIssuer(root('r', { key: testKey('r', 'rsa-2048') }).certificate).scheme,
        },
      },
    ],
    ['an issuer that ends sooner', { issuer: { ...issuer, notAfter: NOW + 3599 } }],
    ['an issuer that begins later', { issuer: { ...issuer, notBefore: NOW - 9 } }],
    ['the issuer’s own key', { issuer: { ...issuer, subjectKeyId: keyIdentifier(workloadKey.spkiDer) } }],
  ])('%s', (_, wish) => {
    expect(
      codeOf(() => {
        lintX509Svid(der, { ...expected, ...wish });
      }),
    ).toBe('ERR_X509_SVID_LINT');
  });

  it.each<[string, () => Uint8Array]>([
    ['a certificate that does not parse', () => der.subarray(1)],
    ['serial number zero', () => issue({ serial: serial(0), dnsNames: ['a.example.org'] })],
    ['an empty validity', () => issue({ notBefore: NOW, notAfter: NOW - 1, dnsNames: ['a.example.org'] })],
    [
      'no path',
      () => issue({ spiffeId: parseSpiffeId('spiffe://example.org'), dnsNames: ['a.example.org'] }),
    ],
    ['a CA', () => intermediate('ca', { name: caSubject, key: caKey }).der],
    ['a leaf of another profile', () => leaf('workload', { name: caSubject, key: caKey }).der],
  ])('%s', (_, made) => {
    const built = made();
    const same = (): Partial<ExpectedX509Svid> => {
      const it = parseCertificate(built);
      const id: SpiffeId = it.uriSans[0] === undefined ? spiffeId : parseSpiffeId(it.uriSans[0]);
      return {
        serial: Buffer.from(it.serialHex, 'hex'),
        spkiDer: it.spkiDer,
        spiffeId: id,
        dnsNames: it.dnsSans,
        notBefore: it.notBefore,
        notAfter: it.notAfter,
        issuer: { ...issuer, notBefore: 0 },
      };
    };
    const wish = built.length === der.length - 1 ? {} : same();
    expect(
      codeOf(() => {
        lintX509Svid(built, { ...expected, ...wish });
      }),
    ).toBe('ERR_X509_SVID_LINT');
  });
});

describe('a CA', () => {
  const downstream = (pathLen?: number): Uint8Array =>
    assemble(
      buildCaTbs({
        issuer,
        serial: serial(2),
        subject: distinguishedName({
          country: 'US',
          organization: 'SPIFFE',
          organizationalUnit: 'DOWNSTREAM-1',
        }),
        spkiDer: testKey('downstream').spkiDer,
        uriSan: 'spiffe://example.org',
        notBefore: NOW - 10,
        notAfter: NOW + 3600,
        ...(pathLen === undefined ? {} : { pathLen }),
      }),
    );
  const assemble = (tbs: Uint8Array): Uint8Array =>
    assembleSigned(tbs, issuer.scheme.algorithmDer, signWithKey(caKey.privateKey, tbs));

  it('X509-6 X509-7 SID-19 SID-20 has the ID of its trust domain', () => {
    expect(ca.uriSans).toEqual(['spiffe://example.org']);
  });

  it('X509-11 X509-14 X509-15 X509-21 may sign certificates and revocation lists, nothing else', () => {
    expect(ca.isCa).toBe(true);
    expect(ca.keyUsage).toBe(keyUsage.keyCertSign | keyUsage.crlSign);
    expect(ca.pathLen).toBeUndefined();
    expect(ca.extensions.map((each) => [each.oid, each.critical])).toEqual([
      [oid.keyUsage, true],
      [oid.basicConstraints, true],
      [oid.subjectKeyIdentifier, false],
      [oid.subjectAltName, false],
    ]);
  });

  it('self-signed, has no authority key identifier; below another, that of its issuer', () => {
    expect(ca.authorityKeyId).toBeUndefined();
    expect(parseCertificate(downstream()).authorityKeyId).toEqual(ca.subjectKeyId);
    expect(parseCertificate(downstream(0)).pathLen).toBe(0);
  });

  it('X509-8 X509-9 signs X509-SVIDs of its trust domain through a CA below it', () => {
    const below = prepareIssuer(parseCertificate(downstream()));
    const tbs = buildX509SvidTbs(below, usual);
    const built = assembleSigned(
      tbs,
      below.scheme.algorithmDer,
      signWithKey(testKey('downstream').privateKey, tbs),
    );
    expect(verifyX509Svid([built, downstream()], { bundles, at: NOW }).chain).toHaveLength(3);
  });

  it.each(['P-384', 'rsa-2048'] as const)('signs with %s', (kind) => {
    const key = testKey('other ca', kind);
    const made = parseCertificate(selfSigned(key));
    const profile = prepareIssuer(made);
    const tbs = buildX509SvidTbs(profile, usual);
    const built = assembleSigned(tbs, profile.scheme.algorithmDer, signWithKey(key.privateKey, tbs));
    const source = new X509Bundle(spiffeId.trustDomain, [made]);
    expect(verifyX509Svid([built], { bundles: source, at: NOW }).id.uri).toBe(spiffeId.uri);
  });

  it.each<[string, Parameters<typeof root>[1], string]>([
    ['no CA', { bc: basicConstraints(false) }, 'ERR_X509_NOT_CA'],
    ['no keyCertSign', { ku: keyUsageExtension(keyUsage.crlSign) }, 'ERR_X509_KEY_USAGE'],
    ['no key usage', { ku: undefined }, 'ERR_X509_KEY_USAGE'],
    ['no key identifier', { ski: undefined }, 'ERR_X509_KEY_IDENTIFIER'],
    ['an empty subject', { subject: encodeSequence(), issuerName: caSubject }, 'ERR_X509_SUBJECT'],
    ['a key that does not sign here', { key: testKey('r', 'P-521') }, 'ERR_KEY_TYPE'],
  ])('cannot be prepared for issuing: %s', (_, wish, code) => {
    expect(
      codeOf(() => prepareIssuer(root('r', { ku: keyUsageExtension(usages.ca), ...wish }).certificate)),
    ).toBe(code);
  });
});

describe('newSerial', () => {
  it('gives 1 to 2^128 − 1', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (octets) => {
        fc.pre(octets.some((octet) => octet > 0));
        expect(newSerial(octets)).toEqual(octets);
      }),
    );
  });

  it.each([new Uint8Array(16), new Uint8Array(15).fill(1), new Uint8Array(17).fill(1)])(
    'refuses what is no randomness',
    (octets) => {
      expect(codeOf(() => newSerial(octets))).toBe('ERR_X509_SERIAL');
    },
  );
});
