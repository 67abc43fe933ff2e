import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ecKey, rsaKey } from '../../testdata/certificates.ts';
import { possessionMethod, provePossession, verifyPossession } from './possession.ts';
import type { PossessionResponse } from './wire.ts';

const keys = [
  ['P-256', ecKey('P-256')],
  ['P-384', ecKey('P-384')],
  ['P-521', ecKey('P-521')],
  ['RSA-2048', rsaKey(2048)],
] as const;
const challengeNonce = randomBytes(32);
const responseNonce = randomBytes(32);

async function responseOf(key: (typeof keys)[number][1]): Promise<PossessionResponse> {
  return await provePossession(key, possessionMethod(key) ?? 'rsa_signature', challengeNonce, responseNonce);
}

describe('possession', () => {
  describe.each(keys)('of a key %s', (_, key) => {
    const publicKey = createPublicKey(key);

    it('is proved to the public half', async () => {
      expect(await verifyPossession(publicKey, challengeNonce, await responseOf(key))).toBe(true);
    });

    it.each<[string, (response: PossessionResponse) => PossessionResponse]>([
      ['another response nonce', (response) => ({ ...response, nonce: randomBytes(32) })],
      ['an empty signature', (response) => emptied(response)],
      ['a flipped bit', (response) => flipped(response)],
      ['an overlong signature', (response) => lengthened(response)],
      ['the other method', (response) => swapped(response)],
    ])('is not proved by %s', async (_name, change) => {
      expect(await verifyPossession(publicKey, challengeNonce, change(await responseOf(key)))).toBe(false);
    });

    it('is not proved for another challenge', async () => {
      expect(await verifyPossession(publicKey, randomBytes(32), await responseOf(key))).toBe(false);
    });

    it('is not proved to another key', async () => {
      for (const [, other] of keys) {
        if (other === key) continue;
        expect(await verifyPossession(createPublicKey(other), challengeNonce, await responseOf(key))).toBe(
          false,
        );
      }
    });
  });

  it('takes ECDSA numbers without leading zeros, as Go writes them', async () => {
    const key = ecKey();
    let response = await responseOf(key);
    while (response.method === 'ecdsa_signature' && response.r[0] !== 0) response = await responseOf(key);
    if (response.method !== 'ecdsa_signature') throw new Error('not reached');
    const short = { ...response, r: response.r.subarray(response.r.findIndex((byte) => byte !== 0)) };
    expect(await verifyPossession(createPublicKey(key), challengeNonce, short)).toBe(true);
  });

  it.each([0n, 1n])('refuses the ECDSA numbers %d and %d', async (number) => {
    const bytes = Buffer.from([Number(number)]);
    const response = { method: 'ecdsa_signature' as const, nonce: responseNonce, r: bytes, s: bytes };
    expect(await verifyPossession(createPublicKey(ecKey()), challengeNonce, response)).toBe(false);
  });

  it('knows no method for other kinds of keys', () => {
    expect(possessionMethod(generateKeyPairSync('ed25519').publicKey)).toBeUndefined();
    expect(
      possessionMethod(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey),
    ).toBeUndefined();
  });
});

function emptied(response: PossessionResponse): PossessionResponse {
  const nothing = new Uint8Array();
  return response.method === 'rsa_signature'
    ? { ...response, signature: nothing }
    : { ...response, r: nothing, s: nothing };
}

function flipped(response: PossessionResponse): PossessionResponse {
  if (response.method === 'rsa_signature') return { ...response, signature: withFlip(response.signature) };
  return { ...response, s: withFlip(response.s) };
}

function lengthened(response: PossessionResponse): PossessionResponse {
  const tail = Buffer.alloc(1000, 1);
  if (response.method === 'rsa_signature')
    return { ...response, signature: Buffer.concat([response.signature, tail]) };
  return { ...response, r: Buffer.concat([response.r, tail]) };
}

function swapped(response: PossessionResponse): PossessionResponse {
  if (response.method === 'rsa_signature') {
    return { method: 'ecdsa_signature', nonce: response.nonce, r: response.signature, s: response.signature };
  }
  return {
    method: 'rsa_signature',
    nonce: response.nonce,
    signature: Buffer.concat([response.r, response.s]),
  };
}

function withFlip(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
  return copy;
}
