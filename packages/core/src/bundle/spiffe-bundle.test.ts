import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BundleError, JsonError } from '../errors.ts';
import { parseSpiffeId, parseTrustDomain } from '../spiffe-id/spiffe-id.ts';
import { signJwtSvid } from '../svid/sign-jwt-svid.ts';
import { verifyJwtSvid } from '../svid/verify-jwt-svid.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { decodePem } from '../x509/pem.ts';
import { type Bundle, emptyBundle } from './bundle.ts';
import { formatJwtBundleJwks, formatSpiffeBundle } from './format-spiffe-bundle.ts';
import { jwtBundleOf, validateJwtAuthority } from './jwt-bundle.ts';
import { parseJwtBundleJwks } from './parse-jwt-bundle-jwks.ts';
import { parseSpiffeBundle, readSpiffeBundle } from './parse-spiffe-bundle.ts';
import { x509BundleOf } from './x509-bundle.ts';

const td = parseTrustDomain('example.org');
const ecRoot = rootDer('root-ec-until-2040');
const rsaRoot = rootDer('root-rsa-until-2030');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const secp256k1 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });

const bundle: Bundle = {
  trustDomain: td,
  x509Authorities: [ecRoot, rsaRoot].map((der) => ({ der, tainted: false })),
  jwtAuthorities: [authority('ec-key', p256.publicKey), authority('rsa-key', rsa.publicKey)],
  refreshHint: 300,
  sequenceNumber: 9007199254740993n,
};

const x509Key = { use: 'x509-svid', ...jwkOf(createPublicKey(pemOf(ecRoot))), x5c: [base64(ecRoot)] };
const jwtKey: Record<string, string> = { use: 'jwt-svid', kid: 'ec-key', ...jwkOf(p256.publicKey) };

/** The certificate with another key: a point that is on no curve. */
function offTheCurve(der: Uint8Array): Uint8Array {
  const changed = Buffer.from(der);
  const { spkiDer } = parseCertificate(der);
  const last = changed.indexOf(spkiDer) + spkiDer.length - 1;
  changed[last] = (changed[last] ?? 0) ^ 1;
  return changed;
}

describe('formatSpiffeBundle', () => {
  const document = JSON.parse(formatSpiffeBundle(bundle)) as { keys: Record<string, unknown>[] };
  const [x509Keys, jwtKeys] = ['x509-svid', 'jwt-svid'].map((use) =>
    document.keys.filter((key) => key['use'] === use),
  );

  it('TDB-3, TDB-5, TDB-8, TDB-10: has keys, sequence and refresh hint and nothing else', () => {
    expect(Object.keys(document)).toEqual(['keys', 'spiffe_sequence', 'spiffe_refresh_hint']);
  });

  it('TDB-7, TDB-9: writes the sequence with all its digits and the hint as an integer', () => {
    expect(formatSpiffeBundle(bundle)).toMatch(
      /"spiffe_sequence":9007199254740993,"spiffe_refresh_hint":300}$/,
    );
  });

  it('TDB-10: writes an empty array of keys, and no sequence or hint of 0', () => {
    expect(formatSpiffeBundle(emptyBundle(td))).toBe('{"keys":[]}');
  });

  it('X509-28, X509-29, X509-30, TDB-14, TDB-15: one JWK per root with one certificate and no kid', () => {
    expect(x509Keys?.map((key) => key['x5c'])).toEqual([[base64(ecRoot)], [base64(rsaRoot)]]);
    expect(x509Keys?.map((key) => Object.keys(key).sort())).toEqual([
      ['crv', 'kty', 'use', 'x', 'x5c', 'y'],
      ['e', 'kty', 'n', 'use', 'x5c'],
    ]);
  });

  it('JWT-17, JWT-18, TDB-14, TDB-15: one JWK per signing key with its kid', () => {
    expect(jwtKeys?.map((key) => key['kid'])).toEqual(['ec-key', 'rsa-key']);
    expect(jwtKeys?.map((key) => Object.keys(key).sort())).toEqual([
      ['crv', 'kid', 'kty', 'use', 'x', 'y'],
      ['e', 'kid', 'kty', 'n', 'use'],
    ]);
  });

  it('is read by a generic JWK reader', () => {
    for (const key of document.keys) expect(() => createPublicKey({ key, format: 'jwk' })).not.toThrow();
  });

  it('can be indented', () => {
    const indented = formatSpiffeBundle({ ...bundle, sequenceNumber: 1n }, { indent: 4 });
    expect(indented).toBe(JSON.stringify(JSON.parse(indented), undefined, 4));
  });

  it('is read back as the same bundle', () => {
    expect(parseSpiffeBundle(td, formatSpiffeBundle(bundle))).toEqual(bundle);
    expect(parseSpiffeBundle(td, Buffer.from(formatSpiffeBundle(bundle, { indent: 2 })))).toEqual(bundle);
  });
});

describe('parseSpiffeBundle', () => {
  it.each([
    ['TDB-10 no keys', {}, 'ERR_BUNDLE_KEYS_MISSING'],
    ['TDB-10 keys null', { keys: null }, 'ERR_BUNDLE_KEYS_MISSING'],
    ['TDB-10 keys as an object', { keys: {} }, 'ERR_BUNDLE_KEYS_MISSING'],
    ['an array', [], 'ERR_BUNDLE_DOCUMENT'],
    ['a text', 'keys', 'ERR_BUNDLE_DOCUMENT'],
    ['1,025 keys', { keys: Array.from({ length: 1025 }, () => ({})) }, 'ERR_BUNDLE_TOO_MANY_KEYS'],
    ['a key that is no object', { keys: [x509Key, 'x'] }, 'ERR_BUNDLE_JWK'],
    ['TDB-6 sequence as text', { keys: [], spiffe_sequence: '1' }, 'ERR_BUNDLE_SEQUENCE'],
    ['TDB-6 sequence with a fraction', { keys: [], spiffe_sequence: 1.5 }, 'ERR_BUNDLE_SEQUENCE'],
    ['TDB-6 negative sequence', { keys: [], spiffe_sequence: -1 }, 'ERR_BUNDLE_SEQUENCE'],
    ['TDB-6 sequence null', { keys: [], spiffe_sequence: null }, 'ERR_BUNDLE_SEQUENCE'],
    ['TDB-9 hint as text', { keys: [], spiffe_refresh_hint: '300' }, 'ERR_BUNDLE_REFRESH_HINT'],
    ['TDB-9 hint with a fraction', { keys: [], spiffe_refresh_hint: 0.5 }, 'ERR_BUNDLE_REFRESH_HINT'],
    ['two JWT keys of one kid', { keys: [jwtKey, jwtKey] }, 'ERR_BUNDLE_DUPLICATE_KEY_ID'],
  ])('refuses: %s', (_, document, code) => {
    expect(codeOf(() => parseSpiffeBundle(td, JSON.stringify(document)))).toBe(code);
  });

  it.each([
    [
      'TDB-7 sequence of 65 bits',
      '{"keys":[],"spiffe_sequence":18446744073709551616}',
      'ERR_BUNDLE_SEQUENCE',
    ],
    ['T56 hint of 1e400', '{"keys":[],"spiffe_refresh_hint":1e400}', 'ERR_JSON_MALFORMED'],
    ['repeated keys', '{"keys":[],"keys":[]}', 'ERR_JSON_DUPLICATE_MEMBER'],
    ['a JWK with use twice', '{"keys":[{"use":"x509-svid","use":"jwt-svid"}]}', 'ERR_JSON_DUPLICATE_MEMBER'],
    ['rubbish', '<html></html>', 'ERR_JSON_MALFORMED'],
    ['T55 more than 1 MiB', `{"keys":[]}${' '.repeat(1 << 20)}`, 'ERR_JSON_TOO_LARGE'],
    ['too deep', `{"keys":[],"x":${'['.repeat(40)}`, 'ERR_JSON_TOO_DEEP'],
  ])('refuses: %s', (_, document, code) => {
    expect(codeOf(() => parseSpiffeBundle(td, document))).toBe(code);
  });

  it.each([
    ['TDB-11 unknown kty OKP', { ...jwkOf(ed25519.publicKey), use: 'jwt-svid', kid: 'x' }],
    ['TDB-11 unknown kty AKP', { ...x509Key, kty: 'AKP' }],
    ['TDB-11 kty in lower case', { ...x509Key, kty: 'ec' }],
    ['TDB-11 no kty', { ...x509Key, kty: undefined }],
    ['TDB-12 use sig', { ...jwtKey, use: 'sig' }],
    ['TDB-12 use in upper case', { ...x509Key, use: 'X509-SVID' }],
    ['TDB-12 no use', { ...x509Key, use: undefined }],
    ['GAP-2 wit-svid', { ...jwtKey, use: 'wit-svid' }],
    ['X509-32 no x5c', { ...x509Key, x5c: undefined }],
    ['X509-32 empty x5c', { ...x509Key, x5c: [] }],
    ['X509-32 x5c as text', { ...x509Key, x5c: base64(ecRoot) }],
    ['NODE-6 x5c in base64url', { ...x509Key, x5c: [Buffer.from(ecRoot).toString('base64url')] }],
    [
      'x5c with bytes behind the certificate',
      { ...x509Key, x5c: [base64(Buffer.concat([ecRoot, Buffer.from([0])]))] },
    ],
    ['x5c that is no certificate', { ...x509Key, x5c: ['AAAA'] }],
    ['x5c with a key off the curve', { ...x509Key, x5c: [base64(offTheCurve(ecRoot))] }],
    ['OBS-15 jwt-svid without kid', { ...jwtKey, kid: undefined }],
    ['OBS-15 jwt-svid with an empty kid', { ...jwtKey, kid: '' }],
    ['jwt-svid on a curve of no JWS algorithm', { ...jwkOf(secp256k1.publicKey), use: 'jwt-svid', kid: 'x' }],
    ['jwt-svid without y', { ...jwtKey, y: undefined }],
    ['jwt-svid off the curve', { ...jwtKey, y: jwtKey['x'] }],
    ['jwt-svid with a short coordinate', { ...jwtKey, x: 'AAAA' }],
    ['jwt-svid with padded base64', { ...jwtKey, x: `${jwtKey['x']!}=` }],
    ['jwt-svid with an RSA key of 1,024 bits', { ...jwkOf(weakRsa.publicKey), use: 'jwt-svid', kid: 'x' }],
    ['jwt-svid with an RSA exponent of 1', { ...jwkOf(rsa.publicKey), e: 'AQ', use: 'jwt-svid', kid: 'x' }],
  ])('skips: %s, and uses the rest', (_, key) => {
    const good = { ...jwtKey, kid: 'good' };
    const { bundle: read, warnings } = readSpiffeBundle(td, JSON.stringify({ keys: [key, x509Key, good] }));
    expect(read.x509Authorities.map(({ der }) => base64(der))).toEqual([base64(ecRoot)]);
    expect(read.jwtAuthorities.map(({ keyId }) => keyId)).toEqual(['good']);
    expect(warnings).toEqual([expect.stringMatching(/^key 0: .*skipped$/)]);
  });

  it('X509-33: uses only the first certificate of an x5c', () => {
    const key = { ...x509Key, x5c: [base64(ecRoot), base64(rsaRoot)] };
    const { bundle: read, warnings } = readSpiffeBundle(td, JSON.stringify({ keys: [key] }));
    expect(read.x509Authorities.map(({ der }) => base64(der))).toEqual([base64(ecRoot)]);
    expect(warnings).toHaveLength(1);
  });

  it('X509-29: takes an x509-svid key with a kid, which only producers must not write', () => {
    const { x509Authorities } = parseSpiffeBundle(td, JSON.stringify({ keys: [{ ...x509Key, kid: 'x' }] }));
    expect(x509Authorities).toHaveLength(1);
  });

  it('TDB-4: depends on no other parameter', () => {
    const read = parseSpiffeBundle(
      td,
      JSON.stringify({ keys: [x509Key], refresh_hint: 1, sequence: 'x', y: [] }),
    );
    expect([read.refreshHint, read.sequenceNumber]).toEqual([0, 0n]);
  });

  it.each([
    ['0', 0],
    ['-5', 0],
    ['3e2', 300],
    ['4294967296', 4294967296],
    ['99999999999999999999', Number.MAX_SAFE_INTEGER],
  ])('T56: reads a refresh hint of %s as %i', (text, hint) => {
    expect(parseSpiffeBundle(td, `{"keys":[],"spiffe_refresh_hint":${text}}`).refreshHint).toBe(hint);
  });

  it.each(['0', '9007199254740993', '18446744073709551615'])(
    'TDB-7: reads the sequence %s exactly',
    (text) => {
      expect(parseSpiffeBundle(td, `{"keys":[],"spiffe_sequence":${text}}`).sequenceNumber).toBe(
        BigInt(text),
      );
    },
  );

  it('TDB-1: carries the trust domain it was asked for', () => {
    expect(parseSpiffeBundle(td, '{"keys":[]}').trustDomain).toBe(td);
  });

  it('TDB-13, X509-34, JWT-20: an empty document trusts nobody', () => {
    const read = parseSpiffeBundle(td, '{"keys":[]}');
    expect(x509BundleOf(read).authorities).toEqual([]);
    expect(jwtBundleOf(read).authorities.size).toBe(0);
  });

  it('counts a root once, however often it is given', () => {
    expect(parseSpiffeBundle(td, JSON.stringify({ keys: [x509Key, x509Key] })).x509Authorities).toHaveLength(
      1,
    );
  });

  it('JWT-19: keeps the keys of each use apart', () => {
    const key = { ...jwkOf(p256.publicKey), kid: 'ec-key' };
    for (const use of ['x509-svid', 'wit-svid', 'sig']) {
      expect(parseSpiffeBundle(td, JSON.stringify({ keys: [{ ...key, use }] })).jwtAuthorities).toEqual([]);
    }
  });

  it('fails only with its own codes', () => {
    const member = fc.constantFrom(
      'keys',
      'use',
      'kty',
      'x5c',
      'kid',
      'x',
      'spiffe_sequence',
      'n',
      'e',
      'crv',
    );
    const value = fc.oneof(
      fc.json({ maxDepth: 1 }).map((text) => JSON.parse(text) as unknown),
      fc.constantFrom('EC', 'RSA', 'jwt-svid', 'x509-svid', 'P-256', 'AQAB', ['AAAA']),
    );
    const key = fc.dictionary(member, value, { maxKeys: 6 });
    fc.assert(
      fc.property(fc.array(key), key, (keys, rest) => {
        const act = (): unknown => parseSpiffeBundle(td, JSON.stringify({ ...rest, keys }));
        expect(codeOf(act)).toMatch(/^(ERR_BUNDLE_|accepted)/);
      }),
    );
  });
});

describe('JWT bundles', () => {
  it('OBS-17: the Workload API form has neither use nor SPIFFE parameters, and no X.509 keys', () => {
    const document = JSON.parse(formatJwtBundleJwks(bundle)) as { keys: Record<string, unknown>[] };
    expect(Object.keys(document)).toEqual(['keys']);
    expect(document.keys.map((key) => Object.keys(key).sort())).toEqual([
      ['crv', 'kid', 'kty', 'x', 'y'],
      ['e', 'kid', 'kty', 'n'],
    ]);
  });

  it('reads that form back and verifies with it', () => {
    const read = parseJwtBundleJwks(td, formatJwtBundleJwks(bundle));
    expect([...read.authorities.keys()]).toEqual(['ec-key', 'rsa-key']);
    expect(read.jwtBundle(td)).toBe(read);
    expect(read.jwtBundle(parseTrustDomain('foreign.org'))).toBeUndefined();
    const claims = {
      spiffeId: parseSpiffeId('spiffe://example.org/x'),
      audience: ['a'],
      issuedAt: 100,
      expiresAt: 200,
    };
    const token = signJwtSvid({ ...claims, key: p256.privateKey, keyId: 'ec-key' });
    expect(verifyJwtSvid(token, { bundles: read, audience: ['a'], at: 100 }).keyId).toBe('ec-key');
  });

  it.each([
    ['no kid', { ...jwtKey, use: undefined, kid: undefined }],
    ['use sig', { ...jwtKey, use: 'sig' }],
    ['use x509-svid', x509Key],
    ['kty OKP', { ...jwkOf(ed25519.publicKey), kid: 'x' }],
  ])('skips: %s', (_, key) => {
    const read = parseJwtBundleJwks(td, JSON.stringify({ keys: [key, { ...jwtKey, kid: 'good' }] }));
    expect([...read.authorities.keys()]).toEqual(['good']);
  });

  it('refuses two keys of one kid', () => {
    const document = JSON.stringify({ keys: [jwtKey, { ...jwtKey, use: undefined }] });
    expect(codeOf(() => parseJwtBundleJwks(td, document))).toBe('ERR_BUNDLE_DUPLICATE_KEY_ID');
  });

  it('leaves out keys that no JWT-SVID can be verified with', () => {
    const mixed = [authority('ed', ed25519.publicKey), authority('ec', p256.publicKey)];
    const rubbish = { ...authority('rubbish', p256.publicKey), spkiDer: Uint8Array.of(1) };
    const read = jwtBundleOf({ ...bundle, jwtAuthorities: [...mixed, rubbish] });
    expect([...read.authorities.keys()]).toEqual(['ec']);
  });

  it.each([
    ['no key ID', authority('', p256.publicKey), 'ERR_BUNDLE_KEY_ID'],
    ['an Ed25519 key', authority('x', ed25519.publicKey), 'ERR_BUNDLE_JWK'],
    ['a key of rubbish', { keyId: 'x', spkiDer: Uint8Array.of(1) }, 'ERR_BUNDLE_JWK'],
    ['a good key', authority('x', rsa.publicKey), 'accepted'],
  ])('validateJwtAuthority: %s', (_, given, code) => {
    expect(
      codeOf(() => {
        validateJwtAuthority(given);
      }),
    ).toBe(code);
  });
});

function rootDer(name: string): Uint8Array {
  const [der] = decodePem(
    readFileSync(new URL(`./testdata/${name}.pem`, import.meta.url), 'utf8'),
    'CERTIFICATE',
  );
  return Uint8Array.from(der!);
}

function pemOf(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${base64(der)}\n-----END CERTIFICATE-----\n`;
}

function base64(der: Uint8Array): string {
  return Buffer.from(der).toString('base64');
}

function jwkOf(key: KeyObject): Record<string, string> {
  return key.export({ format: 'jwk' }) as Record<string, string>;
}

function authority(keyId: string, key: KeyObject): Bundle['jwtAuthorities'][number] {
  const spkiDer = Uint8Array.from(key.export({ format: 'der', type: 'spki' }));
  return { keyId, spkiDer, expiresAt: 0, tainted: false };
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof BundleError || error instanceof JsonError) return error.code;
    throw error;
  }
  return 'accepted';
}
