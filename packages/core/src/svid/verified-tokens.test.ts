import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { JwtBundle } from '../bundle/jwt-bundle.ts';
import { parseSpiffeId, parseTrustDomain } from '../spiffe-id/spiffe-id.ts';
import { signJwtSvid } from './sign-jwt-svid.ts';
import { VerifiedTokens } from './verified-tokens.ts';
import { verifyJwtSvid, type VerifyJwtSvidOptions } from './verify-jwt-svid.ts';

const NOW = 1_800_000_000;
const domain = parseTrustDomain('example.org');
const [key, other] = [
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
];

function tokenFor(audience: readonly string[], more: object = {}): string {
  return signJwtSvid({
    key: key.privateKey,
    keyId: 'k',
    spiffeId: parseSpiffeId('spiffe://example.org/w'),
    audience,
    issuedAt: NOW,
    expiresAt: NOW + 300,
    ...more,
  });
}

function bundleOf(publicKey: KeyObject, keyId = 'k'): JwtBundle {
  return new JwtBundle(domain, [{ keyId, publicKey }]);
}

function scene(capacity = 10) {
  const verified = new VerifiedTokens(capacity);
  const bundles = bundleOf(key.publicKey);
  const verify = (token: string, change: Partial<VerifyJwtSvidOptions> = {}) =>
    verifyJwtSvid(token, { bundles, audience: ['a'], at: NOW, verified, ...change });
  return { verified, verify };
}

const token = tokenFor(['a', 'b']);

describe('VerifiedTokens', () => {
  it('gives for a known token what it gave the first time', () => {
    const { verify, verified } = scene();
    const first = verify(token);
    expect(verified.size).toBe(1);
    expect(verify(token)).toEqual(first);
    expect(verify(token).token).toBe(token);
    // The claims were not read again.
    expect(verify(token).claims).toBe(first.claims);
  });

  it.each<[string, Partial<VerifyJwtSvidOptions>, string]>([
    ['has expired since', { at: NOW + 361 }, 'ERR_JWT_EXPIRED'],
    ['is for another audience', { audience: ['c'] }, 'ERR_JWT_AUDIENCE_MISMATCH'],
    ['was signed by a key that is gone', { bundles: bundleOf(key.publicKey, 'new') }, 'ERR_JWT_NO_AUTHORITY'],
    [
      'was signed by a key whose ID is another one now',
      { bundles: bundleOf(other.publicKey) },
      'ERR_JWT_SIGNATURE',
    ],
    [
      'is of a trust domain that is not trusted any more',
      { bundles: { jwtBundle: () => undefined } },
      'ERR_JWT_NO_BUNDLE',
    ],
    ['comes without an audience to expect', { audience: [] }, 'ERR_JWT_EXPECTED_AUDIENCE'],
  ])('refuses a known token that %s', (_, change, code) => {
    const { verify } = scene();
    verify(token);
    expect(() => verify(token, change)).toThrow(expect.objectContaining({ code }));
    expect(verify(token).audience).toEqual(['a', 'b']);
  });

  it('does not know a token that was not good, nor one that differs in its signature only', () => {
    const { verify, verified } = scene();
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    verify(token);
    for (let i = 0; i < 2; i++) {
      expect(() => verify(forged)).toThrow(expect.objectContaining({ code: 'ERR_JWT_SIGNATURE' }));
    }
    expect(verified.size).toBe(1);
  });

  it('verifies anew when the bundle was read anew', () => {
    const { verify, verified } = scene();
    verify(token);
    const bundles = bundleOf(key.publicKey);
    expect(verify(token, { bundles })).toEqual(verify(token));
    expect(verified.size).toBe(1);
  });

  it('holds no more than it may, and no token itself', () => {
    const { verify, verified } = scene(2);
    const tokens = ['1', '2', '3'].map((name) => tokenFor(['a', name]));
    for (const one of tokens) verify(one);
    expect(verified.size).toBe(2);
    expect(verified.find(tokens[0]!)).toBeUndefined();
    expect(verified.find(tokens[2]!)?.svid.token).toBe(tokens[2]);
    verify(tokenFor(['a', ...Array.from({ length: 30 }, (_, i) => `${i}`.repeat(200))]));
    expect(verified.size).toBe(2);
  });
});
