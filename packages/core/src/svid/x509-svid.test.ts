import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  basicConstraints,
  intermediate,
  keyUsageExtension,
  leaf,
  NOW,
  root,
  san,
  subjectAltName,
  testKey,
  type TestKey,
} from '../x509/testdata/certificate-builder.ts';
import { codeOf } from '../x509/testdata/error-code.ts';
import { keyUsage } from '../x509/key-usage.ts';
import { parseX509Svid, X509Svid } from './x509-svid.ts';

const anchor = root('root');
const ca = intermediate('ca', anchor);
const good = leaf('workload', ca);
const pkcs8 = (key: TestKey): Uint8Array => key.privateKey.export({ format: 'der', type: 'pkcs8' });
const chain = (...parties: { der: Uint8Array }[]): Uint8Array => Buffer.concat(parties.map(({ der }) => der));

describe('parseX509Svid', () => {
  it('gives ID, chain, key and hint', () => {
    const svid = parseX509Svid({ chainDer: chain(good, ca), keyPkcs8: pkcs8(good.key), hint: 'internal' });
    expect(svid.id.uri).toBe('spiffe://example.org/workload');
    expect(svid.certificates.map(({ serialHex }) => serialHex)).toEqual(
      [good, ca].map(({ certificate }) => certificate.serialHex),
    );
    expect(svid.privateKey.equals(good.key.privateKey)).toBe(true);
    expect(svid.hint).toBe('internal');
    expect(svid.expiresAt).toBe(NOW + 3600);
  });

  it.each(['P-384', 'rsa-2048', 'ed25519'] as const)('with a %s key', (kind) => {
    const key = testKey('workload', kind);
    expect(parseX509Svid({ chainDer: leaf('workload', ca, { key }).der, keyPkcs8: pkcs8(key) }).hint).toBe(
      '',
    );
  });

  it.each<[string, Uint8Array, Uint8Array, string]>([
    ['another key', chain(good, ca), pkcs8(testKey('other')), 'ERR_X509_SVID_KEY_MISMATCH'],
    [
      'a key of another kind',
      chain(good, ca),
      pkcs8(testKey('other', 'rsa-2048')),
      'ERR_X509_SVID_KEY_MISMATCH',
    ],
    ['no key', chain(good, ca), new Uint8Array(), 'ERR_X509_SVID_KEY_MISMATCH'],
    [
      'a SEC 1 key',
      chain(good, ca),
      new Uint8Array(good.key.privateKey.export({ format: 'der', type: 'sec1' })),
      'ERR_X509_SVID_KEY_MISMATCH',
    ],
    ['no certificate', new Uint8Array(), pkcs8(good.key), 'ERR_X509_MALFORMED'],
    ['the leaf last', chain(ca, good), pkcs8(good.key), 'ERR_X509_SVID_URI_SAN_COUNT'],
    ['a second leaf', chain(good, leaf('other', ca)), pkcs8(good.key), 'ERR_X509_SVID_CA'],
    [
      'a CA without keyCertSign',
      chain(good, intermediate('ca', anchor, { ku: keyUsageExtension(keyUsage.crlSign) })),
      pkcs8(good.key),
      'ERR_X509_SVID_CA',
    ],
    [
      'X509-4 no path',
      leaf('workload', ca, { san: subjectAltName([san.uri('spiffe://example.org')]) }).der,
      pkcs8(good.key),
      'ERR_X509_SVID_PATH_MISSING',
    ],
    [
      'X509-11 a CA as leaf',
      leaf('workload', ca, { bc: basicConstraints(true) }).der,
      pkcs8(good.key),
      'ERR_X509_SVID_CA',
    ],
  ])('refuses %s', (_, chainDer, keyPkcs8, code) => {
    expect(codeOf(() => parseX509Svid({ chainDer, keyPkcs8 }))).toBe(code);
  });

  it('refuses no certificates and a public key as value', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(codeOf(() => X509Svid.of([], privateKey))).toBe('ERR_X509_SVID_EMPTY');
    expect(codeOf(() => X509Svid.of([good.certificate], publicKey))).toBe('ERR_X509_SVID_KEY_MISMATCH');
  });
});
