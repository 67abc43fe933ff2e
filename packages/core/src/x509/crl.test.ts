import { sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REVOCATION_REASON_CODES, type RevocationReason } from '../revocation/revocation.ts';
import { buildCrlTbs, buildCrlTbsInSlices, type CrlFields, type RevokedCertificate } from './crl.ts';
import { encodeTime } from './der/der-time.ts';
import {
  encodeBitString,
  encodeContext,
  encodeElement,
  encodeSequence,
  encodeSmallInteger,
} from './der/der-writer.ts';
import { assembleSigned } from './certificate-encoding.ts';
import { prepareIssuer } from './issuer-profile.ts';
import { signWithKey } from './key-type.ts';
import { keyIdentifier } from './key-identifier.ts';
import { keyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';
import { parseCrl } from './parse-crl.ts';
import {
  algorithms,
  authorityKeyId,
  extension,
  integer,
  keyUsageExtension,
  NOW,
  type Party,
  root,
  testKey,
} from './testdata/certificate-builder.ts';
import { verifyCrl } from './verify-crl.ts';

const ca = root('ca');
const fields: CrlFields = { number: 7, thisUpdate: NOW, nextUpdate: NOW + 600, revoked: [] };
const reasons = Object.keys(REVOCATION_REASON_CODES) as RevocationReason[];

function crlOf({ certificate, key }: Party, wish: Partial<CrlFields> = {}): Uint8Array {
  const issuer = prepareIssuer(certificate);
  const tbs = buildCrlTbs(issuer, { ...fields, ...wish });
  return assembleSigned(tbs, issuer.scheme.algorithmDer, signWithKey(key.privateKey, tbs));
}

const serialHex = fc
  .uint8Array({ minLength: 1, maxLength: 19 })
  .map((octets) => Buffer.of(octets[0] || 1, ...octets.slice(1)).toString('hex'));
const revokedList: fc.Arbitrary<RevokedCertificate[]> = fc.uniqueArray(
  fc.record({
    serialHex,
    revokedAt: fc.integer({ min: 0, max: 4_000_000_000 }),
    reason: fc.constantFrom(...reasons),
  }),
  { selector: (each) => each.serialHex, maxLength: 40 },
);

describe('buildCrlTbs', () => {
  it('is the same in slices, and comes back after each', () => {
    fc.assert(
      fc.property(revokedList, fc.integer({ min: 1, max: 10 }), (revoked, size) => {
        const issuer = prepareIssuer(ca.certificate);
        const building = buildCrlTbsInSlices(issuer, { ...fields, revoked }, size);
        let turns = 1;
        let step = building.next();
        for (; step.done !== true; step = building.next()) turns += 1;
        expect(step.value).toEqual(buildCrlTbs(issuer, { ...fields, revoked }));
        expect(turns).toBe(Math.max(1, Math.ceil(revoked.length / size)));
      }),
    );
  });

  it('says what it is given, for any list', () => {
    fc.assert(
      fc.property(revokedList, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (revoked, number) => {
        const crl = parseCrl(crlOf(ca, { revoked, number }));
        verifyCrl(crl, ca.certificate, { at: NOW });
        expect(crl).toMatchObject({ number: BigInt(number), thisUpdate: NOW, nextUpdate: NOW + 600 });
        const expected = revoked.map(({ serialHex: serial, revokedAt, reason }) => [
          serial,
          { revokedAt, reasonCode: REVOCATION_REASON_CODES[reason] },
        ]);
        expect([...crl.revoked]).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves reason "unspecified" and the empty list out', () => {
    const reasonOid = Buffer.from('0603551d15', 'hex');
    const entry = { serialHex: '01', revokedAt: NOW };
    const plain = Buffer.from(crlOf(ca, { revoked: [{ ...entry, reason: 'unspecified' }] }));
    const reasoned = Buffer.from(crlOf(ca, { revoked: [{ ...entry, reason: 'superseded' }] }));
    expect([plain.includes(reasonOid), reasoned.includes(reasonOid)]).toEqual([false, true]);
    expect(parseCrl(crlOf(ca)).revoked.size).toBe(0);
  });

  it.each<[string, Partial<CrlFields>]>([
    ['number 0', { number: 0 }],
    ['a number that is not exact', { number: 2 ** 53 }],
    ['an end at the beginning', { nextUpdate: NOW }],
    [
      'a serial with leading zeros',
      { revoked: [{ serialHex: '0001', revokedAt: NOW, reason: 'unspecified' }] },
    ],
    ['half an octet', { revoked: [{ serialHex: 'abc', revokedAt: NOW, reason: 'unspecified' }] }],
    ['upper case', { revoked: [{ serialHex: 'AB', revokedAt: NOW, reason: 'unspecified' }] }],
    ['21 octets', { revoked: [{ serialHex: '01'.repeat(21), revokedAt: NOW, reason: 'unspecified' }] }],
  ])('refuses %s', (_, wish) => {
    expect(() => crlOf(ca, wish)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });
});

/** A CRL made part by part, so that each part can be wrong. */
interface CrlWish {
  readonly version?: readonly Uint8Array[];
  readonly issuer?: Uint8Array;
  readonly dates?: readonly Uint8Array[];
  readonly entries?: readonly Uint8Array[];
  readonly extensions?: readonly Uint8Array[];
  readonly outerAlgorithm?: Uint8Array;
}

const aki = authorityKeyId(keyIdentifier(ca.key.spkiDer));
const crlNumber = extension(oid.crlNumber, encodeSmallInteger(7));
const enumerated = (code: number): Uint8Array => encodeElement(0x0a, Uint8Array.of(code));
const entryOf = (serial: Uint8Array, ...extensions: Uint8Array[]): Uint8Array =>
  encodeSequence(serial, encodeTime(NOW), ...(extensions.length > 0 ? [encodeSequence(...extensions)] : []));

function handMade(wish: CrlWish = {}): Uint8Array {
  const tbs = encodeSequence(
    ...(wish.version ?? [encodeSmallInteger(1)]),
    algorithms.ecdsaSha256,
    wish.issuer ?? ca.name,
    ...(wish.dates ?? [encodeTime(NOW), encodeTime(NOW + 600)]),
    ...(wish.entries === undefined ? [] : [encodeSequence(...wish.entries)]),
    ...(wish.extensions?.length === 0
      ? []
      : [encodeContext(0, encodeSequence(...(wish.extensions ?? [aki, crlNumber])))]),
  );
  const signature = encodeBitString(sign('sha256', tbs, ca.key.privateKey));
  return encodeSequence(tbs, wish.outerAlgorithm ?? algorithms.ecdsaSha256, signature);
}

describe('parseCrl', () => {
  it('reads what was made by hand', () => {
    const reason = extension(oid.crlReason, enumerated(10));
    const crl = parseCrl(handMade({ entries: [entryOf(integer(5), reason), entryOf(integer(0, 0x80))] }));
    verifyCrl(crl, ca.certificate, { at: NOW });
    expect([...crl.revoked]).toEqual([
      ['05', { revokedAt: NOW, reasonCode: 10 }],
      ['80', { revokedAt: NOW, reasonCode: 0 }],
    ]);
  });

  it.each<[string, CrlWish, string]>([
    ['version 1', { version: [] }, 'ERR_CRL_VERSION'],
    ['version 3', { version: [encodeSmallInteger(2)] }, 'ERR_CRL_VERSION'],
    ['no next update', { dates: [encodeTime(NOW)] }, 'ERR_CRL_MALFORMED'],
    ['an empty issuer', { issuer: encodeSequence() }, 'ERR_CRL_ISSUER'],
    ['an empty list', { entries: [] }, 'ERR_CRL_MALFORMED'],
    ['a serial twice', { entries: [entryOf(integer(5)), entryOf(integer(5))] }, 'ERR_CRL_ENTRY'],
    ['a negative serial', { entries: [entryOf(integer(0x80))] }, 'ERR_CRL_ENTRY'],
    [
      'reason 7',
      { entries: [entryOf(integer(5), extension(oid.crlReason, enumerated(7)))] },
      'ERR_CRL_ENTRY',
    ],
    [
      'an entry taken back',
      { entries: [entryOf(integer(5), extension(oid.crlReason, enumerated(8)))] },
      'ERR_CRL_ENTRY',
    ],
    [
      'an entry of another issuer',
      { entries: [entryOf(integer(5), extension(oid.certificateIssuer, encodeSequence(), true))] },
      'ERR_CRL_EXTENSION',
    ],
    ['no extensions', { extensions: [] }, 'ERR_CRL_MALFORMED'],
    ['no number', { extensions: [aki] }, 'ERR_CRL_EXTENSION'],
    ['no authority key ID', { extensions: [crlNumber] }, 'ERR_CRL_EXTENSION'],
    [
      'a negative number',
      { extensions: [aki, extension(oid.crlNumber, integer(0x80))] },
      'ERR_CRL_EXTENSION',
    ],
    [
      'a delta CRL',
      { extensions: [aki, crlNumber, extension('2.5.29.27', encodeSmallInteger(6), true)] },
      'ERR_CRL_EXTENSION',
    ],
    [
      'a CRL of some certificates only',
      { extensions: [aki, crlNumber, extension('2.5.29.28', encodeSequence(), true)] },
      'ERR_CRL_EXTENSION',
    ],
    ['two numbers', { extensions: [aki, crlNumber, crlNumber] }, 'ERR_X509_DUPLICATE_EXTENSION'],
    ['another algorithm outside', { outerAlgorithm: algorithms.ecdsaSha384 }, 'ERR_X509_SIGNATURE_ALGORITHM'],
  ])('refuses %s', (_, wish, code) => {
    expect(() => parseCrl(handMade(wish))).toThrow(expect.objectContaining({ code }));
  });

  it('throws nothing but its own errors, and a changed CRL never verifies', () => {
    const good = crlOf(ca, { revoked: [{ serialHex: '0102', revokedAt: NOW, reason: 'keyCompromise' }] });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(good);
        changed[at] = (changed[at] as number) ^ flip;
        expect(() => {
          verifyCrl(parseCrl(changed), ca.certificate, { at: NOW });
        }).toThrow(expect.objectContaining({ code: expect.stringMatching(/^ERR_(CRL|X509|DER)_/) }));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('verifyCrl', () => {
  const crl = parseCrl(crlOf(ca));
  const otherKey = testKey('another');
  const noCrlSign = root('ca', { key: ca.key, ku: keyUsageExtension(keyUsage.keyCertSign) });

  it.each<[string, () => void, string]>([
    [
      'an authority of another name',
      () => {
        verifyCrl(crl, root('x', { key: ca.key }).certificate, { at: NOW });
      },
      'ERR_CRL_ISSUER',
    ],
    [
      'an authority of another key',
      () => {
        verifyCrl(crl, root('ca', { key: otherKey }).certificate, { at: NOW });
      },
      'ERR_CRL_ISSUER',
    ],
    [
      'an authority without cRLSign',
      () => {
        verifyCrl(crl, noCrlSign.certificate, { at: NOW });
      },
      'ERR_X509_KEY_USAGE',
    ],
    [
      'one from the future',
      () => {
        verifyCrl(crl, ca.certificate, { at: NOW - 1 });
      },
      'ERR_CRL_NOT_YET_VALID',
    ],
    [
      'a stale one',
      () => {
        verifyCrl(crl, ca.certificate, { at: NOW + 600 });
      },
      'ERR_CRL_EXPIRED',
    ],
    [
      'one from before the last',
      () => {
        verifyCrl(crl, ca.certificate, { at: NOW, lastNumber: 8n });
      },
      'ERR_CRL_ROLLED_BACK',
    ],
  ])('refuses %s', (_, verify, code) => {
    expect(verify).toThrow(expect.objectContaining({ code }));
  });

  it('refuses one that names the authority and was signed by another', () => {
    const issuer = prepareIssuer(ca.certificate);
    const tbs = buildCrlTbs(issuer, fields);
    const forged = assembleSigned(tbs, issuer.scheme.algorithmDer, signWithKey(otherKey.privateKey, tbs));
    expect(() => {
      verifyCrl(parseCrl(forged), ca.certificate, { at: NOW });
    }).toThrow(expect.objectContaining({ code: 'ERR_CRL_SIGNATURE' }));
  });

  it('takes the last one again, and clocks that differ a little', () => {
    verifyCrl(crl, ca.certificate, { at: NOW, lastNumber: 7n });
    verifyCrl(crl, ca.certificate, { at: NOW - 5, leewaySeconds: 5 });
    verifyCrl(crl, ca.certificate, { at: NOW + 604, leewaySeconds: 5 });
  });
});
