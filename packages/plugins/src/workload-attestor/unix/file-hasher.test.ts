import { createHash } from 'node:crypto';
import { open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { inFolder } from '../../testdata/folder.ts';
import { FileHasher } from './file-hasher.ts';

const hasher = new FileHasher();
afterAll(() => hasher.close());

async function hashed(
  content: Uint8Array,
  size: number = content.length,
  by: FileHasher = hasher,
  owner = '0',
): Promise<string> {
  return await inFolder(async (folder) => {
    await writeFile(join(folder, 'f'), content);
    const file = await open(join(folder, 'f'));
    try {
      return await by.sha256(file, size, owner);
    } finally {
      await file.close();
    }
  });
}

describe('FileHasher', () => {
  it.each([0, 1, 262_143, 262_144, 262_145, 3_000_000])('hashes %d bytes', async (length) => {
    const content = Buffer.alloc(length, 'abc');
    expect(await hashed(content)).toBe(createHash('sha256').update(content).digest('hex'));
  });

  it.each([9, 11])('refuses a file of 10 bytes that should have %d', async (size) => {
    await expect(hashed(Buffer.alloc(10), size)).rejects.toMatchObject({ code: 'ERR_ATTESTATION_FAILED' });
  });

  it('hashes many at once, each its own', async () => {
    const contents = Array.from({ length: 40 }, (_, i) => Buffer.alloc(1000 + i, i));
    const digests = await Promise.all(contents.map((content) => hashed(content)));
    expect(digests).toEqual(contents.map((content) => createHash('sha256').update(content).digest('hex')));
  });

  it('refuses when too many wait', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 80 }, () => hashed(Buffer.alloc(2_000_000))),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const outcome of refused)
      expect(outcome).toMatchObject({ reason: { code: 'ERR_ATTESTATION_FAILED' } });
    await expect(hashed(Buffer.from('x'))).resolves.toHaveLength(64);
  });

  it('takes turns between owners, and refuses only the one of whom too much waits (T30)', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'f'), Buffer.alloc(200_000));
      const file = await open(join(folder, 'f'));
      const done: string[] = [];
      const by = (owner: string, name: string): Promise<unknown> =>
        hasher.sha256(file, 200_000, owner).then(
          () => done.push(name),
          () => done.push(`${name} refused`),
        );
      await Promise.all([...Array.from({ length: 80 }, () => by('1000', 'noisy')), by('1001', 'quiet')]);
      const hashed = done.filter((name) => !name.endsWith('refused'));
      expect(hashed.indexOf('quiet')).toBeLessThan(3);
      expect(hashed).toContain('quiet');
      expect(hashed.length).toBeLessThan(81);
      await file.close();
    });
  });

  it('hashes a program while another owner has a huge one hashed (T30)', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'huge');
      await writeFile(path, '');
      await truncate(path, 100e9);
      const own = new FileHasher();
      const file = await open(path);
      const huge = Promise.allSettled([own.sha256(file, 100e9, '1000')]);
      await expect(hashed(Buffer.from('x'), 1, own, '1001')).resolves.toHaveLength(64);
      await own.close();
      expect(await huge).toMatchObject([{ status: 'rejected' }]);
      await file.close();
    });
  }, 10_000);

  it('hashes a large program while another owner has huge ones hashed (T30)', async () => {
    await inFolder(async (folder) => {
      const [huge, large] = [join(folder, 'huge'), join(folder, 'large')];
      for (const [path, size] of [
        [huge, 100e9],
        [large, 300e6],
      ] as const) {
        await writeFile(path, '');
        await truncate(path, size);
      }
      const own = new FileHasher();
      const [hugeFile, largeFile] = [await open(huge), await open(large)];
      const others = Array.from({ length: 3 }, () => own.sha256(hugeFile, 100e9, '1000'));
      const settled = Promise.allSettled(others);
      const expected = createHash('sha256');
      for (let i = 0; i < 300; i++) expected.update(Buffer.alloc(1e6));
      expect(await own.sha256(largeFile, 300e6, '1001')).toBe(expected.digest('hex'));
      await own.close();
      await settled;
      await hugeFile.close();
      await largeFile.close();
    });
  }, 20_000);

  it('refuses what waits when it closes', async () => {
    const closing = new FileHasher();
    const outcome = Promise.allSettled([hashed(Buffer.alloc(5_000_000), 5_000_000, closing)]);
    const file = await open('/proc/self/exe');
    const second = Promise.allSettled([closing.sha256(file, (await file.stat()).size, '0')]);
    await closing.close();
    expect([...(await outcome), ...(await second)].map(({ status }) => status)).toContain('rejected');
    await file.close();
  });

  it('leaves the event loop free', async () => {
    const work = hashed(Buffer.alloc(30_000_000));
    let turns = 0;
    const watch = new AbortController();
    void work.finally(() => watch.abort());
    while (!watch.signal.aborted) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    await work;
    expect(turns).toBeGreaterThan(10);
  });
});
