import { createPublicKey, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { keyTypeOf, signWithKey, type KeyType } from '@signet/core';
import type { KeyManager, ManagedKey } from '@signet/plugins';

/** How the suite gets a key manager. */
export interface KeyManagerSubject {
  /** A new one without keys. */
  readonly create: () => Promise<KeyManager>;
  /** Another one with the keys that the last one from `create` keeps; absent when nothing outlives an instance. */
  readonly reopen?: () => Promise<KeyManager>;
}

const HASHES: Readonly<Record<KeyType, string>> = {
  'ec-p256': 'sha256',
  'ec-p384': 'sha384',
  'rsa-2048': 'sha256',
  'rsa-4096': 'sha256',
};
const DATA = Buffer.from('to be signed');

/** Runs the tests that every key manager passes. */
export function describeKeyManager(name: string, { create, reopen }: KeyManagerSubject): void {
  describe(`key manager ${name}`, () => {
    const open: KeyManager[] = [];
    const opened = async (making: Promise<KeyManager>): Promise<KeyManager> => {
      const keys = await making;
      open.push(keys);
      return keys;
    };
    const made = (): Promise<KeyManager> => opened(create());

    afterEach(async () => {
      for (const keys of open.splice(0)) await keys.close();
    });

    it('starts without keys', async () => {
      const keys = await made();
      expect(await keys.getKeys()).toEqual([]);
      expect(await keys.getKey('x509-CA-A')).toBeUndefined();
    });

    it.each(Object.keys(HASHES) as KeyType[])('makes a key %s that signs', async (type) => {
      const keys = await made();
      const key = await keys.generateKey('x509-CA-A', type);
      expect(key).toMatchObject({ id: 'x509-CA-A', type });
      expect(keyTypeOf(publicKeyOf(key))).toBe(type);
      await expectSigns(key);
    });

    it('gives a local key, where it has one, that is the same key', async () => {
      const key = await (await made()).generateKey('a', 'ec-p256');
      if (key.localKey === undefined) return;
      expect(key.localKey.type).toBe('private');
      expect(verify('sha256', DATA, publicKeyOf(key), signWithKey(key.localKey, DATA))).toBe(true);
    });

    it('finds a key by its id, and all in order', async () => {
      const keys = await made();
      for (const id of ['b', 'JWT-Signer-A', 'a']) await keys.generateKey(id, 'ec-p256');
      expect((await keys.getKeys()).map(({ id }) => id)).toEqual(['JWT-Signer-A', 'a', 'b']);
      expect((await keys.getKey('a'))?.spkiDer).toEqual((await keys.getKeys())[1]?.spkiDer);
      expect(await keys.getKey('A')).toBeUndefined();
      expect(await keys.getKey('__proto__')).toBeUndefined();
    });

    it('replaces the key of an id, while the old one goes on signing for who holds it', async () => {
      const keys = await made();
      const old = await keys.generateKey('a', 'ec-p256');
      const replacement = await keys.generateKey('a', 'ec-p384');
      expect(replacement.spkiDer).not.toEqual(old.spkiDer);
      expect((await keys.getKey('a'))?.spkiDer).toEqual(replacement.spkiDer);
      expect(await keys.getKeys()).toHaveLength(1);
      await expectSigns(old);
      await expectSigns(replacement);
    });

    it('loses none of the keys that are made at the same time', async () => {
      const keys = await made();
      const ids = Array.from({ length: 20 }, (_, i) => `key-${String(i).padStart(2, '0')}`);
      const generated = await Promise.all(ids.map((id) => keys.generateKey(id, 'ec-p256')));
      expect((await keys.getKeys()).map(({ id }) => id)).toEqual(ids);
      for (const key of generated) expect((await keys.getKey(key.id))?.spkiDer).toEqual(key.spkiDer);
    });

    it('lets the last of several for one id win', async () => {
      const keys = await made();
      const generated = await Promise.all(Array.from({ length: 5 }, () => keys.generateKey('a', 'ec-p256')));
      expect((await keys.getKey('a'))?.spkiDer).toEqual(generated.at(-1)?.spkiDer);
    });

    it('signs many at the same time', async () => {
      const key = await (await made()).generateKey('a', 'rsa-2048');
      await Promise.all(Array.from({ length: 20 }, () => expectSigns(key)));
    });

    it.each(['', 'a\n', 'ä', '\u0000', 'a'.repeat(256)])('refuses the id %j', async (id) => {
      const keys = await made();
      await expect(keys.generateKey(id, 'ec-p256')).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
      expect(await keys.getKeys()).toEqual([]);
    });

    it('refuses everything once it is closed, after finishing what was under way', async () => {
      const keys = await create();
      const underWay = keys.generateKey('a', 'ec-p256');
      await keys.close();
      await expect(underWay).resolves.toMatchObject({ id: 'a' });
      for (const late of [keys.generateKey('b', 'ec-p256'), keys.getKey('a'), keys.getKeys()]) {
        await expect(late).rejects.toMatchObject({ code: 'ERR_FAILED_PRECONDITION' });
      }
      await keys.close();
    });

    (reopen === undefined ? it.skip : it)('finds its keys again', async () => {
      const first = await create();
      for (const [i, type] of (['ec-p256', 'ec-p384', 'rsa-2048'] as const).entries()) {
        await first.generateKey(`key "${i}"`, type);
      }
      await first.generateKey('key "0"', 'ec-p256');
      const before = await first.getKeys();
      await first.close();
      const after = await (await opened((reopen ?? create)())).getKeys();
      expect(after.map(publicPart)).toEqual(before.map(publicPart));
      for (const key of after) await expectSigns(key);
    });
  });
}

function publicKeyOf({ spkiDer }: ManagedKey): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: Buffer.from(spkiDer), format: 'der', type: 'spki' });
}

function publicPart({ id, type, spkiDer }: ManagedKey): unknown {
  return { id, type, spki: Buffer.from(spkiDer).toString('hex') };
}

async function expectSigns(key: ManagedKey): Promise<void> {
  expect(verify(HASHES[key.type], DATA, publicKeyOf(key), await key.sign(DATA))).toBe(true);
}
