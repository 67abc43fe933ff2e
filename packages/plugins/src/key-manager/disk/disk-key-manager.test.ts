import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keyTypeOf } from '@signet/core';
import { inFolder, withUmask } from '../../testdata/folder.ts';
import { testHost } from '../../testdata/host.ts';
import { diskKeyManager as agentDisk } from './agent.ts';
import { openDiskKeyManager } from './disk-key-manager.ts';

const PKCS8 = { format: 'der', type: 'pkcs8' } as const;

async function inKeyFolder<T>(run: (path: string, folder: string) => Promise<T>): Promise<T> {
  return await inFolder((folder) => run(join(folder, 'keys.json'), folder));
}

function pkcs8Of(curve: string): Buffer {
  return generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export(PKCS8);
}

function documentOf(id: string, pkcs8: Uint8Array): string {
  return JSON.stringify({ keys: { [id]: Buffer.from(pkcs8).toString('base64') } });
}

describe('disk key manager', () => {
  it('keeps keys as SPIRE does: PKCS #8 by id', async () => {
    await inKeyFolder(async (path) => {
      const keys = await openDiskKeyManager(path);
      await keys.generateKey('x509-CA-A', 'ec-p256');
      const { keys: stored } = JSON.parse(await readFile(path, 'utf8')) as { keys: Record<string, string> };
      const key = createPrivateKey({ key: Buffer.from(stored['x509-CA-A'] ?? '', 'base64'), ...PKCS8 });
      expect(keyTypeOf(key)).toBe('ec-p256');
    });
  });

  it('reads a file that SPIRE wrote', async () => {
    await inKeyFolder(async (path) => {
      const text = JSON.stringify(
        { keys: { 'JWT-Signer-A': pkcs8Of('P-384').toString('base64') } },
        null,
        '\t',
      );
      await writeFile(path, text, { mode: 0o600 });
      const keys = await openDiskKeyManager(path);
      expect(await keys.getKey('JWT-Signer-A')).toMatchObject({ type: 'ec-p384' });
    });
  });

  it('T32: keeps the file to its owner under umask 000', async () => {
    await inKeyFolder(async (path) => {
      const keys = await openDiskKeyManager(path);
      await withUmask(0, () => keys.generateKey('a', 'ec-p256'));
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    });
  });

  it('agent: makes its folder, for its owner only', async () => {
    await inFolder(async (folder) => {
      const directory = join(folder, 'a', 'b');
      const keys = await withUmask(0, () => agentDisk.create({ directory }, testHost()));
      await keys.generateKey('agent-svid-A', 'ec-p256');
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
      expect(await readdir(directory)).toEqual(['keys.json']);
    });
  });

  it('keeps a key only once it is on disk', async () => {
    await inKeyFolder(async (path, folder) => {
      const keys = await openDiskKeyManager(path);
      const first = await keys.generateKey('a', 'ec-p256');
      await rm(folder, { recursive: true });
      await expect(keys.generateKey('a', 'ec-p256')).rejects.toMatchObject({
        code: 'ERR_KEY_MANAGER_STORAGE',
      });
      await expect(keys.generateKey('b', 'ec-p256')).rejects.toMatchObject({
        code: 'ERR_KEY_MANAGER_STORAGE',
      });
      expect((await keys.getKeys()).map(({ spkiDer }) => spkiDer)).toEqual([first.spkiDer]);
      await mkdir(folder);
      await keys.generateKey('b', 'ec-p256');
      expect(await (await openDiskKeyManager(path)).getKeys()).toHaveLength(2);
    });
  });

  type Prepare = (path: string, folder: string) => Promise<unknown>;
  it.each<[string, string, Prepare]>([
    [
      'a file that others may read',
      'ERR_KEY_FILE_INSECURE',
      async (path) => {
        await (await openDiskKeyManager(path)).generateKey('a', 'ec-p256');
        await chmod(path, 0o644);
      },
    ],
    ['a link', 'ERR_KEY_FILE_INSECURE', (path) => symlink('/dev/null', path)],
    [
      'an empty file, as power loss leaves it',
      'ERR_KEY_FILE_DAMAGED',
      (path) => writeFile(path, '', { mode: 0o600 }),
    ],
    ['zeros', 'ERR_KEY_FILE_DAMAGED', (path) => writeFile(path, Buffer.alloc(4096), { mode: 0o600 })],
    ['an empty object', 'ERR_KEY_FILE_DAMAGED', (path) => writeFile(path, '{}', { mode: 0o600 })],
    [
      'a key on another curve',
      'ERR_KEY_FILE_DAMAGED',
      (path) => writeFile(path, documentOf('a', pkcs8Of('P-521')), { mode: 0o600 }),
    ],
    [
      'bytes that are no key',
      'ERR_KEY_FILE_DAMAGED',
      (path) => writeFile(path, documentOf('a', Buffer.from('key')), { mode: 0o600 }),
    ],
    ['a folder in its place', 'ERR_KEY_FILE_INSECURE', (path) => mkdir(path)],
    ['a folder that is missing', 'ERR_KEY_MANAGER_STORAGE', (_, folder) => rm(folder, { recursive: true })],
  ])('R25: does not start with %s', async (_, code, prepare) => {
    await inKeyFolder(async (path, folder) => {
      await prepare(path, folder);
      await expect(openDiskKeyManager(path)).rejects.toMatchObject({ code });
    });
  });

  it('R25: names 40 states of a cut file, and makes no key instead', async () => {
    await inKeyFolder(async (path) => {
      await (await openDiskKeyManager(path)).generateKey('x509-CA-A', 'ec-p256');
      const whole = await readFile(path);
      for (let i = 0; i < 40; i++) {
        await writeFile(path, whole.subarray(0, (i * (whole.length - 2)) / 40));
        await expect(openDiskKeyManager(path)).rejects.toMatchObject({ code: 'ERR_KEY_FILE_DAMAGED' });
      }
      await writeFile(path, whole);
      expect(await (await openDiskKeyManager(path)).getKeys()).toHaveLength(1);
    });
  });

  it('R25: a flipped bit leaves the same key or none, never another', async () => {
    await inKeyFolder(async (path) => {
      const key = await (await openDiskKeyManager(path)).generateKey('x509-CA-A', 'ec-p256');
      const whole = await readFile(path);
      const start = whole.indexOf('": "') + 4;
      const outcomes: unknown[] = [];
      for (let at = start; at < whole.lastIndexOf('"') - 2; at++) {
        await writeFile(path, flipped(whole, at));
        const found = await openDiskKeyManager(path).then((keys) => keys.getKey('x509-CA-A'), codeOf);
        outcomes.push(
          typeof found === 'string' ? found : Buffer.compare(found?.spkiDer ?? whole, key.spkiDer),
        );
      }
      expect(new Set(outcomes)).toEqual(new Set(['ERR_KEY_FILE_DAMAGED', 0]));
      expect(outcomes.filter((outcome) => outcome === 0).length).toBeLessThan(outcomes.length / 10);
    });
  });

  it('shows no key material in an error', async () => {
    await inKeyFolder(async (path) => {
      const secret = pkcs8Of('P-521').toString('base64');
      await writeFile(path, JSON.stringify({ keys: { a: secret } }), { mode: 0o600 });
      const error: unknown = await openDiskKeyManager(path).catch((cause: unknown) => cause);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret.slice(40, 60));
    });
  });
});

function codeOf(error: unknown): string {
  return (error as { code: string }).code;
}

/** One bit of the key changed, in base64 that stays well-formed. */
function flipped(document: Buffer, at: number): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const copy = Buffer.from(document);
  const value = alphabet.indexOf(String.fromCharCode(copy[at] ?? 0));
  copy[at] = alphabet.charCodeAt(value ^ 1);
  return copy;
}
