import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
} from 'node:crypto';
import { JwtBundle, type JwtBundleSource } from '../bundle/jwt-bundle.ts';
import { SvidError } from '../errors.ts';
import { parseSpiffeId, parseTrustDomain } from '../spiffe-id/spiffe-id.ts';
import { parseJwtSvidInsecure } from './jwt-svid.ts';
import { type JwtSvidClaims, prepareJwtSigner, signJwtSvid } from './sign-jwt-svid.ts';
import { verifyJwtSvid, type VerifyJwtSvidOptions } from './verify-jwt-svid.ts';

const NOW = 1_800_000_000;
const td = parseTrustDomain('example.org');
const foreignTd = parseTrustDomain('foreign.org');
const workload = parseSpiffeId('spiffe://example.org/web');

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherP256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const secp256k1 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
const ed25519 = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });

const bundle = bundleOf({ p256, p384, p521, rsa });
const claims: JwtSvidClaims = {
  spiffeId: workload,
  audience: ['db'],
  issuedAt: NOW,
  expiresAt: NOW + 300,
};
const goodClaims = { sub: workload.uri, aud: ['db'], exp: NOW + 300, iat: NOW };
const options: VerifyJwtSvidOptions = { bundles: bundle, audience: ['db'], at: NOW };

describe('signJwtSvid', () => {
  it.each([
    ['ES256', 'p256', p256],
    ['ES384', 'p384', p384],
    ['RS256', 'rsa', rsa],
  ])('JWT-2, JWT-3: makes %s tokens with exactly alg, kid and typ', (alg, keyId, { privateKey }) => {
    const token = signJwtSvid({ ...claims, key: privateKey, keyId });
    expect(partOf(token, 0)).toEqual({ alg, kid: keyId, typ: 'JWT' });
    expect(verifyJwtSvid(token, options).id.uri).toBe(workload.uri);
  });

  it('JWT-8, JWT-9, JWT-12: claims sub, aud, exp and iat and no other', () => {
    expect(partOf(signed(claims), 1)).toEqual({ aud: ['db'], exp: NOW + 300, iat: NOW, sub: workload.uri });
  });

  it('JWT-22: claims issuer and token ID when asked to', () => {
    const token = signed({ ...claims, issuer: 'https://issuer', jti: 'AAAA' });
    expect(partOf(token, 1)).toMatchObject({ iss: 'https://issuer', jti: 'AAAA' });
    expect(verifyJwtSvid(token, options)).toEqual(verifyJwtSvid(token, options));
  });

  it('JWT-1: is compact', () => {
    expect(signed(claims)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('JWT-9: drops empty audiences', () => {
    expect(partOf(signed({ ...claims, audience: ['', 'db', '', 'cache'] }), 1)).toMatchObject({
      aud: ['db', 'cache'],
    });
  });

  it.each([
    ['no audience', { audience: [] }, 'ERR_JWT_AUDIENCE', 'invalid JWT-SVID audience: cannot be empty'],
    [
      'empty audiences only',
      { audience: ['', ''] },
      'ERR_JWT_AUDIENCE',
      'invalid JWT-SVID audience: cannot be empty',
    ],
    [
      '33 audiences',
      { audience: numbered(33) },
      'ERR_JWT_AUDIENCE',
      'invalid JWT-SVID audience: more than 32 values',
    ],
    [
      'no life',
      { expiresAt: NOW },
      'ERR_JWT_EXPIRY',
      'invalid JWT-SVID expiry: must be after the time of issue',
    ],
    [
      'a fraction',
      { expiresAt: NOW + 0.5 },
      'ERR_JWT_EXPIRY',
      'invalid JWT-SVID expiry: must be after the time of issue',
    ],
  ])('JWT-9, JWT-12: refuses %s', (_, change, code, message) => {
    expect(() => signed({ ...claims, ...change })).toThrow(expect.objectContaining({ code, message }));
  });

  it.each([
    ['EC P-521', p521],
    ['EC secp256k1', secp256k1],
    ['Ed25519', ed25519],
    ['RSA 1024', weakRsa],
  ])('JWT-3: refuses a key of %s', (_, { privateKey }) => {
    expect(() => prepareJwtSigner({ key: privateKey, keyId: 'a' })).toThrow(
      expect.objectContaining({ code: 'ERR_JWT_SIGNER_KEY' }),
    );
  });

  it('JWT-5, OBS-15: refuses a key without ID', () => {
    expect(() => prepareJwtSigner({ key: p256.privateKey, keyId: '' })).toThrow(
      expect.objectContaining({ code: 'ERR_JWT_SIGNER_KEY' }),
    );
  });

  it('pads short integers of the signature, however they come out', () => {
    for (const [keyId, pair, bytes] of [
      ['p256', p256, 64],
      ['p384', p384, 96],
    ] as const) {
      const signer = prepareJwtSigner({ key: pair.privateKey, keyId });
      for (let i = 0; i < 300; i++) {
        const token = signer.sign({ ...claims, expiresAt: NOW + 1 + i });
        expect(Buffer.from(token.split('.')[2]!, 'base64url')).toHaveLength(bytes);
        if (i % 10 === 0) verifyJwtSvid(token, options);
      }
    }
  });
});

describe('verifyJwtSvid', () => {
  it.each([
    ['RS256', 'rsa', rsa],
    ['RS384', 'rsa', rsa],
    ['RS512', 'rsa', rsa],
    ['PS256', 'rsa', rsa],
    ['PS384', 'rsa', rsa],
    ['PS512', 'rsa', rsa],
    ['ES256', 'p256', p256],
    ['ES384', 'p384', p384],
    ['ES512', 'p521', p521],
  ])('JWT-14: verifies %s', (alg, kid, pair) => {
    const svid = verifyJwtSvid(forge({ header: { alg, kid }, key: pair }), options);
    expect([svid.id.uri, svid.keyId, svid.expiresAt, svid.issuedAt]).toEqual([
      workload.uri,
      kid,
      NOW + 300,
      NOW,
    ]);
  });

  it.each([
    ['JWT-1 JSON serialization', JSON.stringify({ payload: 'e30', signatures: [] }), 'ERR_JWT_MALFORMED'],
    ['JWT-1 two parts', 'e30.e30', 'ERR_JWT_MALFORMED'],
    ['JWT-1 four parts', 'e30.e30.e30.e30', 'ERR_JWT_MALFORMED'],
    ['JWT-1 five parts, encrypted', 'e30.e30.e30.e30.e30', 'ERR_JWT_MALFORMED'],
    ['JWT-1 no signature', 'e30.e30.', 'ERR_JWT_MALFORMED'],
    ['JWT-1 nothing', '', 'ERR_JWT_MALFORMED'],
    ['T53 more than 16 KiB', 'a'.repeat(16_385), 'ERR_JWT_TOO_LARGE'],
    ['N21 padding', `${signed(claims)}=`, 'ERR_JWT_MALFORMED'],
    ['N21 line feed', `${signed(claims)}\n`, 'ERR_JWT_MALFORMED'],
    ['N21 leading space', ` ${signed(claims)}`, 'ERR_JWT_MALFORMED'],
    [
      'N21 standard alphabet',
      forge({ rawHeader: '{"alg":"ES256","kid":"p256","x":"??>"}' }).replace(/[-_]/g, '+'),
      'ERR_JWT_MALFORMED',
    ],
    ['header is an array', forge({ rawHeader: '[]' }), 'ERR_JWT_HEADER'],
    ['header is no JSON', forge({ rawHeader: '{' }), 'ERR_JWT_HEADER'],
    [
      'N20 header member twice',
      forge({ rawHeader: '{"alg":"none","alg":"ES256","kid":"p256"}' }),
      'ERR_JWT_HEADER',
    ],
    ['payload is a string', forge({ rawClaims: '"x"' }), 'ERR_JWT_CLAIMS'],
    [
      'N20 claim twice',
      forge({ rawClaims: `{"sub":"${workload.uri}","aud":"db","exp":1,"exp":${NOW + 300}}` }),
      'ERR_JWT_CLAIMS',
    ],
    ['JWT-4 no alg', forge({ rawHeader: '{"kid":"p256"}' }), 'ERR_JWT_ALGORITHM'],
    ...[
      'none',
      'None',
      '',
      'HS256',
      'HS512',
      'EdDSA',
      'ES256K',
      'es256',
      'ES256 ',
      'RSA-OAEP',
      'ML-DSA-44',
    ].map((alg) => [`JWT-4 alg ${alg}`, forge({ header: { alg } }), 'ERR_JWT_ALGORITHM'] as const),
    ['JWT-4 alg as a list', forge({ header: { alg: ['ES256'] } }), 'ERR_JWT_ALGORITHM'],
    [
      'JWT-4 alg first: bad alg hides a bad type',
      forge({ header: { alg: 'none', typ: 'x', crit: ['y'] } }),
      'ERR_JWT_ALGORITHM',
    ],
    [
      'JWT-4 alg first: before the payload is looked at',
      forge({ header: { alg: 'none' }, rawClaims: '{' }),
      'ERR_JWT_ALGORITHM',
    ],
    ['JWT-4 RSA public key as HMAC secret', hmacConfusion(), 'ERR_JWT_ALGORITHM'],
    ['GAP-9 crit of an unknown name', forge({ header: { crit: ['exp'] } }), 'ERR_JWT_CRITICAL'],
    ['2.3 empty crit', forge({ header: { crit: [] } }), 'ERR_JWT_CRITICAL'],
    ['T52 b64', forge({ header: { b64: false, crit: ['b64'] } }), 'ERR_JWT_CRITICAL'],
    ['T52 b64 without crit', forge({ header: { b64: true } }), 'ERR_JWT_CRITICAL'],
    ...['wit+jwt', 'jwt', 'at+jwt', 'Jose', '', 'application/jwt', null, 5].map(
      (typ) => [`JWT-6 typ ${String(typ)}`, forge({ header: { typ } }), 'ERR_JWT_TYPE'] as const,
    ),
    ['OBS-15 no kid', forge({ rawHeader: '{"alg":"ES256"}' }), 'ERR_JWT_KEY_ID'],
    ['OBS-15 empty kid', forge({ header: { kid: '' } }), 'ERR_JWT_KEY_ID'],
    ['OBS-15 numeric kid', forge({ header: { kid: 1 } }), 'ERR_JWT_KEY_ID'],
    ['T52 kid traversal', forge({ header: { kid: '../../p256' } }), 'ERR_JWT_NO_AUTHORITY'],
    ['T52 kid __proto__', forge({ header: { kid: '__proto__' } }), 'ERR_JWT_NO_AUTHORITY'],
    ['T52 kid constructor', forge({ header: { kid: 'constructor' } }), 'ERR_JWT_NO_AUTHORITY'],
    ['JWT-8 no sub', forge({ claims: { sub: undefined } }), 'ERR_JWT_SUBJECT'],
    ['JWT-8 sub as a list', forge({ claims: { sub: [workload.uri] } }), 'ERR_JWT_SUBJECT'],
    ['JWT-8 sub is no SPIFFE ID', forge({ claims: { sub: 'web' } }), 'ERR_JWT_SUBJECT'],
    ['JWT-8 sub in upper case', forge({ claims: { sub: 'spiffe://Example.org/web' } }), 'ERR_JWT_SUBJECT'],
    ['JWT-8 sub with a line feed', forge({ claims: { sub: `${workload.uri}\n` } }), 'ERR_JWT_SUBJECT'],
    ['JWT-8 sub without a path', forge({ claims: { sub: 'spiffe://example.org' } }), 'ERR_JWT_SUBJECT'],
    ['JWT-10 no aud', forge({ claims: { aud: undefined } }), 'ERR_JWT_AUDIENCE'],
    ['JWT-10 empty aud', forge({ claims: { aud: [] } }), 'ERR_JWT_AUDIENCE'],
    ['JWT-10 aud null', forge({ claims: { aud: null } }), 'ERR_JWT_AUDIENCE'],
    ['JWT-10 aud with a number', forge({ claims: { aud: ['db', 1] } }), 'ERR_JWT_AUDIENCE'],
    ['JWT-10 aud as an object', forge({ claims: { aud: { db: true } } }), 'ERR_JWT_AUDIENCE'],
    ['T33 33 audiences', forge({ claims: { aud: [...numbered(32), 'db'] } }), 'ERR_JWT_AUDIENCE'],
    ['JWT-10 another audience', forge({ claims: { aud: ['cache'] } }), 'ERR_JWT_AUDIENCE_MISMATCH'],
    ['JWT-10 longer audience', forge({ claims: { aud: 'dbx' } }), 'ERR_JWT_AUDIENCE_MISMATCH'],
    ['JWT-10 shorter audience', forge({ claims: { aud: 'd' } }), 'ERR_JWT_AUDIENCE_MISMATCH'],
    ['JWT-10 audience in another case', forge({ claims: { aud: 'DB' } }), 'ERR_JWT_AUDIENCE_MISMATCH'],
    ['JWT-13 no exp', forge({ claims: { exp: undefined } }), 'ERR_JWT_EXPIRY'],
    ['JWT-13 exp as text', forge({ claims: { exp: String(NOW + 300) } }), 'ERR_JWT_EXPIRY'],
    ['JWT-13 exp null', forge({ claims: { exp: null } }), 'ERR_JWT_EXPIRY'],
    [
      'JWT-13 exp infinite',
      forge({ rawClaims: `{"sub":"${workload.uri}","aud":"db","exp":1e999}` }),
      'ERR_JWT_CLAIMS',
    ],
    ['JWT-13 exp negative', forge({ claims: { exp: -1 } }), 'ERR_JWT_EXPIRED'],
    ['JWT-13 exp 60 s ago', forge({ claims: { exp: NOW - 60 } }), 'ERR_JWT_EXPIRED'],
    ['T53 nbf in 61 s', forge({ claims: { nbf: NOW + 61 } }), 'ERR_JWT_NOT_YET_VALID'],
    ['T53 nbf as text', forge({ claims: { nbf: '0' } }), 'ERR_JWT_NOT_BEFORE'],
    ['OBS-16 iat in 61 s', forge({ claims: { iat: NOW + 61 } }), 'ERR_JWT_ISSUED_IN_FUTURE'],
    ['T53 iat as text', forge({ claims: { iat: 'now' } }), 'ERR_JWT_ISSUED_AT'],
    [
      'JWT-21 no bundle for the subject',
      forge({ claims: { sub: 'spiffe://foreign.org/web' } }),
      'ERR_JWT_NO_BUNDLE',
    ],
    ['JWT-19 key that is not a JWT authority', forge({ header: { kid: 'other' } }), 'ERR_JWT_NO_AUTHORITY'],
    ['JWT-14 ES256 with an RSA authority', forge({ header: { kid: 'rsa' } }), 'ERR_JWT_KEY_MISMATCH'],
    [
      'JWT-14 RS256 with an EC authority',
      forge({ header: { alg: 'RS256' }, key: rsa }),
      'ERR_JWT_KEY_MISMATCH',
    ],
    ['T51 ES256 with a P-384 authority', forge({ header: { kid: 'p384' } }), 'ERR_JWT_KEY_MISMATCH'],
    [
      'T51 ES384 with a P-256 authority',
      forge({ header: { alg: 'ES384' }, key: p256 }),
      'ERR_JWT_KEY_MISMATCH',
    ],
    ['JWT-14 signed by another key', forge({ key: otherP256 }), 'ERR_JWT_SIGNATURE'],
    ['JWT-14 payload changed', tampered(), 'ERR_JWT_SIGNATURE'],
    ['T51 psychic signature', withSignature(Buffer.alloc(64)), 'ERR_JWT_SIGNATURE'],
    [
      'T51 DER signature',
      withSignature(sign('sha256', Buffer.from('x'), p256.privateKey)),
      'ERR_JWT_SIGNATURE',
    ],
    ['T51 short signature', withSignature(Buffer.alloc(63, 1)), 'ERR_JWT_SIGNATURE'],
    ['T51 signature with a byte more', withSignature(Buffer.alloc(65, 1)), 'ERR_JWT_SIGNATURE'],
    ['T51 PS256 signature under RS256', pssAsPkcs1(), 'ERR_JWT_SIGNATURE'],
    [
      'T51 RSA signature one byte short',
      withSignature(Buffer.alloc(255, 1), 'RS256', 'rsa'),
      'ERR_JWT_SIGNATURE',
    ],
  ])('refuses: %s', (_, token, code) => {
    expect(codeOf(() => verifyJwtSvid(token, options))).toBe(code);
  });

  it.each([
    ['JWT-6 no typ', forge({ rawHeader: '{"alg":"ES256","kid":"p256"}' })],
    ['JWT-6 typ JWT', forge({ header: { typ: 'JWT' } })],
    ['JWT-6 typ JOSE', forge({ header: { typ: 'JOSE' } })],
    ['GAP-9 other headers', forge({ header: { cty: 'x', zip: 'DEF', x5t: 'y' } })],
    ['T52 jwk, jku, x5u and x5c, which are not looked at', forge({ header: attackerKeyHeaders() })],
    ['JWT-10, GAP-10 aud as text', forge({ claims: { aud: 'db' } })],
    ['JWT-10 one of several audiences', forge({ claims: { aud: ['cache', 'db'] } })],
    ['JWT-10 32 audiences', forge({ claims: { aud: [...numbered(31), 'db'] } })],
    ['JWT-13 exp 59 s ago', forge({ claims: { exp: NOW - 59 } })],
    ['JWT-13 exp with a fraction', forge({ claims: { exp: NOW + 0.5 } })],
    ['JWT-13 exp beyond 2^53', forge({ claims: { exp: 2 ** 60 } })],
    ['T53 nbf in 60 s', forge({ claims: { nbf: NOW + 60 } })],
    ['OBS-16 iat in 60 s', forge({ claims: { iat: NOW + 60 } })],
    ['no iat', forge({ claims: { iat: undefined } })],
    ['JWT-7 private claims', forge({ claims: { 'https://example.org/team': 'x', jti: '1', iss: 'i' } })],
  ])('accepts: %s', (_, token) => {
    expect(verifyJwtSvid(token, options).id.uri).toBe(workload.uri);
  });

  it('JWT-7: gives back private claims', () => {
    const svid = verifyJwtSvid(
      forge({ claims: { 'https://example.org/team': 'x', __proto__x: 1 } }),
      options,
    );
    expect(svid.claims.get('https://example.org/team')).toBe('x');
  });

  it('JWT-10: takes any one of several expected audiences', () => {
    const token = signed({ ...claims, audience: ['b', 'c'] });
    expect(verifyJwtSvid(token, { ...options, audience: ['a', 'b'] }).audience).toEqual(['b', 'c']);
  });

  it.each([[[]], [['']], [['db', '']]])('JWT-10, T53: needs an audience to expect, not %j', (audience) => {
    expect(codeOf(() => verifyJwtSvid(signed(claims), { ...options, audience }))).toBe(
      'ERR_JWT_EXPECTED_AUDIENCE',
    );
  });

  it.each([-1, 61, Infinity, NaN])('refuses a leeway of %p as misuse', (leewaySeconds) => {
    expect(() => verifyJwtSvid(signed(claims), { ...options, leewaySeconds })).toThrow(TypeError);
  });

  it('JWT-13: keeps a leeway of zero', () => {
    const token = signed(claims);
    expect(codeOf(() => verifyJwtSvid(token, { ...options, at: NOW + 299, leewaySeconds: 0 }))).toBe(
      'accepted',
    );
    expect(codeOf(() => verifyJwtSvid(token, { ...options, at: NOW + 300, leewaySeconds: 0 }))).toBe(
      'ERR_JWT_EXPIRED',
    );
  });

  it('refuses at a time that is no number', () => {
    expect(codeOf(() => verifyJwtSvid(signed(claims), { ...options, at: NaN }))).toBe('ERR_JWT_EXPIRED');
  });

  it('JWT-20: refuses every token of a trust domain without JWT authorities', () => {
    const bundles = new JwtBundle(td, []);
    expect(codeOf(() => verifyJwtSvid(signed(claims), { ...options, bundles }))).toBe('ERR_JWT_NO_AUTHORITY');
  });

  it('JWT-21, SID-18: never takes the key of another trust domain, same kid or not', () => {
    const token = forge({ claims: { sub: 'spiffe://foreign.org/web' } });
    const answersWithOwn: JwtBundleSource = { jwtBundle: () => bundle };
    expect(codeOf(() => verifyJwtSvid(token, { ...options, bundles: answersWithOwn }))).toBe(
      'ERR_JWT_NO_BUNDLE',
    );
    const sameKid = new JwtBundle(foreignTd, [{ keyId: 'p256', publicKey: otherP256.publicKey }]);
    expect(codeOf(() => verifyJwtSvid(token, { ...options, bundles: sameKid }))).toBe('ERR_JWT_SIGNATURE');
  });

  it('puts nothing of the token into its errors', () => {
    const token = forge({ key: otherP256 });
    try {
      verifyJwtSvid(token, options);
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain(token.slice(0, 12));
    }
  });

  it('never lets a token pass that was changed in any way', () => {
    const tokens = [forge({}), forge({ header: { alg: 'PS256', kid: 'rsa' }, key: rsa })];
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u0000'.split(
      '',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...tokens),
        fc.nat(),
        fc.constantFrom('replace', 'insert', 'delete'),
        fc.constantFrom(...alphabet),
        (token, where, how, char) => {
          const at = where % token.length;
          const changed =
            token.slice(0, at) + (how === 'delete' ? '' : char) + token.slice(how === 'insert' ? at : at + 1);
          if (changed !== token) expect(codeOf(() => verifyJwtSvid(changed, options))).toMatch(/^ERR_JWT_/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives every answer to any text as a typed error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
        const payload = Buffer.from(json).toString('base64url');
        for (const token of [text, `${payload}.${payload}.AAAA`, forge({ rawClaims: json })]) {
          expect(codeOf(() => verifyJwtSvid(token, options))).toMatch(/^ERR_JWT_/);
        }
      }),
    );
  });

  it('reads back what it signed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 32 }),
        (audience) => {
          const svid = verifyJwtSvid(signed({ ...claims, audience }), {
            ...options,
            audience: audience.slice(-1),
          });
          expect(svid.audience).toEqual(audience);
        },
      ),
    );
  });
});

describe('parseJwtSvidInsecure', () => {
  it('tells what an expired token of an unknown key says', () => {
    const token = forge({ key: otherP256, header: { kid: 'unknown' }, claims: { exp: 1, nbf: 0 } });
    expect(parseJwtSvidInsecure(token, { hint: 'internal' })).toMatchObject({
      id: workload,
      audience: ['db'],
      expiresAt: 1,
      issuedAt: NOW,
      keyId: 'unknown',
      hint: 'internal',
      token,
    });
  });

  it('refuses what breaks the profile', () => {
    expect(codeOf(() => parseJwtSvidInsecure(forge({ header: { alg: 'none' } })))).toBe('ERR_JWT_ALGORITHM');
    expect(codeOf(() => parseJwtSvidInsecure(forge({ claims: { aud: undefined } })))).toBe(
      'ERR_JWT_AUDIENCE',
    );
  });
});

function bundleOf(pairs: Record<string, KeyPairKeyObjectResult>): JwtBundle {
  return new JwtBundle(
    td,
    Object.entries(pairs).map(([keyId, { publicKey }]) => ({ keyId, publicKey })),
  );
}

function signed(request: JwtSvidClaims): string {
  return signJwtSvid({ ...request, key: p256.privateKey, keyId: 'p256' });
}

interface Forgery {
  readonly header?: object;
  readonly rawHeader?: string;
  readonly claims?: object;
  readonly rawClaims?: string;
  readonly key?: { readonly privateKey: KeyObject };
}

/** A token signed as its header says (ES256 if that says nothing usable), good but for what is asked. */
function forge({ header = {}, rawHeader, claims: changes = {}, rawClaims, key = p256 }: Forgery): string {
  const wholeHeader: { alg: unknown; kid: unknown } = { alg: 'ES256', kid: 'p256', ...header };
  const input = `${encode(rawHeader ?? JSON.stringify(wholeHeader))}.${encode(rawClaims ?? JSON.stringify({ ...goodClaims, ...changes }))}`;
  const alg = String(wholeHeader.alg);
  const bits = /^[ERP]S(256|384|512)$/.exec(alg)?.[1] ?? '256';
  const scheme = alg.startsWith('PS')
    ? { key: key.privateKey, padding: 6, saltLength: -1 }
    : { key: key.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${input}.${sign(`sha${bits}`, Buffer.from(input), scheme).toString('base64url')}`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function partOf(token: string, index: number): unknown {
  return JSON.parse(Buffer.from(token.split('.')[index]!, 'base64url').toString());
}

function withSignature(signature: Uint8Array, alg = 'ES256', kid = 'p256'): string {
  const [header, payload] = forge({ header: { alg, kid }, key: alg === 'RS256' ? rsa : p256 }).split('.');
  return `${header!}.${payload!}.${Buffer.from(signature).toString('base64url')}`;
}

function tampered(): string {
  const [header, , signature] = signed(claims).split('.');
  return `${header!}.${encode(JSON.stringify({ ...goodClaims, sub: 'spiffe://example.org/admin' }))}.${signature!}`;
}

function hmacConfusion(): string {
  const input = `${encode('{"alg":"HS256","kid":"rsa"}')}.${encode(JSON.stringify(goodClaims))}`;
  const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' });
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

function pssAsPkcs1(): string {
  const input = `${encode('{"alg":"RS256","kid":"rsa"}')}.${encode(JSON.stringify(goodClaims))}`;
  const signature = sign('sha256', Buffer.from(input), { key: rsa.privateKey, padding: 6, saltLength: -1 });
  return `${input}.${signature.toString('base64url')}`;
}

function attackerKeyHeaders(): object {
  const jwk = otherP256.publicKey.export({ format: 'jwk' });
  return { jwk, jku: 'https://evil/keys', x5u: 'https://evil/cert', x5c: ['AAAA'] };
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `aud-${i}`);
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SvidError) return error.code;
    throw error;
  }
  return 'accepted';
}
