import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { JwtBundle, keyTypeOf, parseSpiffeId, signWithKey, verifyJwtSvid, type KeyType } from '@signet/core';
import type { ManagedKey } from '@signet/plugins';
import { signJwtWith } from './jwt-signer.ts';

const NOW = 1_800_000_000;
const spiffeId = parseSpiffeId('spiffe://example.org/web');
const keyPairs = {
  'EC P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'EC P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'RSA 2048': generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

function managed({ publicKey, privateKey }: (typeof keyPairs)['EC P-256'], isLocal: boolean): ManagedKey {
  return {
    id: 'JWT-Signer-A',
    type: keyTypeOf(publicKey) as KeyType,
    spkiDer: publicKey.export({ type: 'spki', format: 'der' }),
    sign: (data) => Promise.resolve(signWithKey(privateKey, data)),
    ...(isLocal && { localKey: privateKey }),
  };
}

describe('signJwtWith', () => {
  it.each(
    Object.entries(keyPairs).flatMap(([name, pair]) =>
      [true, false].map((isLocal) => [name, isLocal ? 'here' : 'elsewhere', pair, isLocal] as const),
    ),
  )(
    'JWT-14: %s, key %s: tokens made alone and side by side verify, each with its own claims',
    async (_name, _where, pair, isLocal) => {
      const sign = signJwtWith({ authorityId: 'a', key: managed(pair, isLocal) });
      const tokenFor = async (audience: string): Promise<string> =>
        sign({ spiffeId, audience: [audience], issuedAt: NOW, expiresAt: NOW + 60 });
      const bundle = new JwtBundle(spiffeId.trustDomain, [{ keyId: 'a', publicKey: pair.publicKey }]);
      const audiences = Array.from({ length: 20 }, (_unused, at) => `aud-${at}`);
      const tokens = [await tokenFor('alone'), ...(await Promise.all(audiences.map(tokenFor)))];
      for (const [at, audience] of ['alone', ...audiences].entries()) {
        const svid = verifyJwtSvid(tokens[at] ?? '', {
          bundles: { jwtBundle: () => bundle },
          audience: [audience],
          at: NOW,
        });
        expect(svid.audience).toEqual([audience]);
      }
    },
  );

  it('takes signatures side by side off the event loop', async () => {
    const sign = signJwtWith({ authorityId: 'a', key: managed(keyPairs['EC P-256'], true) });
    const claims = { spiffeId, audience: ['a'], issuedAt: NOW, expiresAt: NOW + 60 };
    const outcomes = [sign(claims), sign(claims)];
    expect(outcomes.map((outcome) => typeof outcome)).toEqual(['string', 'object']);
    for (const outcome of outcomes) await outcome;
  });

  it.each(['EC P-384', 'RSA 2048'] as const)('never signs with %s on the event loop', async (name) => {
    const sign = signJwtWith({ authorityId: 'a', key: managed(keyPairs[name], true) });
    const outcome = sign({ spiffeId, audience: ['a'], issuedAt: NOW, expiresAt: NOW + 60 });
    expect(outcome).toBeInstanceOf(Promise);
    await outcome;
  });

  it.each([true, false])('refuses claims that no token may have (key here: %s)', async (isLocal) => {
    const sign = signJwtWith({ authorityId: 'a', key: managed(keyPairs['EC P-256'], isLocal) });
    const order = async (): Promise<string> =>
      sign({ spiffeId, audience: [''], issuedAt: NOW, expiresAt: NOW + 60 });
    await expect(order()).rejects.toMatchObject({ code: 'ERR_JWT_AUDIENCE' });
    await expect(Promise.all([order(), order()])).rejects.toMatchObject({ code: 'ERR_JWT_AUDIENCE' });
  });
});
