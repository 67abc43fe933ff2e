import type { BigIntStats } from 'node:fs';
import { appendFile, open, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inFolder } from '../../testdata/folder.ts';
import { DigestCache } from './digest-cache.ts';

class CountingHasher {
  count = 0;
  whileHashing: () => Promise<void> = () => Promise.resolve();

  async sha256(): Promise<string> {
    const digest = `digest ${++this.count}`;
    await this.whileHashing();
    return digest;
  }
}

interface Scene {
  readonly hasher: CountingHasher;
  readonly path: string;
  readonly digest: (cache?: DigestCache) => Promise<string>;
}

async function inScene(laterMs: number, run: (scene: Scene) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const path = join(folder, 'f');
    await writeFile(path, 'program');
    const hasher = new CountingHasher();
    const cache = new DigestCache(hasher, { nowMs: () => Date.now() + laterMs });
    await run({ hasher, path, digest: async () => await digestOf(cache, path) });
  });
}

async function opened(path: string): Promise<{ file: FileHandle; stats: BigIntStats }> {
  const file = await open(path);
  return { file, stats: await file.stat({ bigint: true }) };
}

async function digestOf(cache: DigestCache, path: string): Promise<string> {
  const { file, stats } = await opened(path);
  const digest = await cache.sha256(file, stats, '0').finally(() => expect(file.fd).toBe(-1));
  return digest;
}

const SETTLED = 60_000;

describe('DigestCache', () => {
  it('hashes a file once', async () => {
    await inScene(SETTLED, async ({ digest, hasher }) => {
      expect([await digest(), await digest()]).toEqual(['digest 1', 'digest 1']);
      expect(hasher.count).toBe(1);
    });
  });

  it('hashes a file once for many at the same time', async () => {
    await inScene(SETTLED, async ({ digest, hasher }) => {
      await Promise.all([digest(), digest(), digest()]);
      expect(hasher.count).toBe(1);
    });
  });

  it('hashes again after a change, even when the modification time is set back', async () => {
    await inScene(SETTLED, async ({ digest, path }) => {
      await utimes(path, 1000, 1000);
      await digest();
      await writeFile(path, 'PROGRAM');
      await utimes(path, 1000, 1000);
      expect(await digest()).toBe('digest 2');
    });
  });

  it('does not remember a file that has just changed: the next change may look the same', async () => {
    await inScene(0, async ({ digest, hasher }) => {
      await digest();
      await digest();
      expect(hasher.count).toBe(2);
    });
  });

  it('T26: refuses a file that changes while it is hashed, and does not remember it', async () => {
    await inScene(SETTLED, async ({ digest, hasher, path }) => {
      hasher.whileHashing = () => appendFile(path, 'more');
      await expect(digest()).rejects.toMatchObject({ code: 'ERR_ATTESTATION_FAILED' });
      hasher.whileHashing = () => Promise.resolve();
      expect(await digest()).toBe('digest 2');
    });
  });

  it('keeps no more than it may', async () => {
    await inScene(SETTLED, async ({ hasher }) => {
      const cache = new DigestCache(hasher, { nowMs: () => Date.now() + SETTLED });
      const { file, stats } = await opened('/proc/self/exe');
      await file.close();
      const fake = { stat: () => Promise.resolve(numbered(0)), close: () => Promise.resolve() };
      const numbered = (ino: number): BigIntStats =>
        Object.assign(Object.create(stats) as BigIntStats, { ino: BigInt(ino) });
      for (let ino = 0; ino <= 1024; ino++) {
        const handle = { ...fake, stat: () => Promise.resolve(numbered(ino)) } as unknown as FileHandle;
        await cache.sha256(handle, numbered(ino), '0');
      }
      await cache.sha256(fake as unknown as FileHandle, numbered(0), '0');
      expect(hasher.count).toBe(1026);
    });
  });
});
