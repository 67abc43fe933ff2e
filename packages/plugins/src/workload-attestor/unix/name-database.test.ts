import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inFolder } from '../../testdata/folder.ts';
import { NameDatabase } from './name-database.ts';

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'nginx:x:33:33::/:/bin/false',
  'twin:x:33:33::/:/bin/false',
  '',
  '# comment:x:7:7',
  '+nis:x:8:8',
  'broken',
  'noid:x::1',
  'negative:x:-1:1',
  'hex:x:0x10:1',
  ':x:9:9',
  'spaced name:x:11:11',
  'last:x:4294967294:4294967294::/:/bin/false',
].join('\n');

async function inPasswd<T>(text: string, run: (names: NameDatabase, path: string) => Promise<T>): Promise<T> {
  return await inFolder(async (folder) => {
    const path = join(folder, 'passwd');
    await writeFile(path, text);
    return await run(new NameDatabase(path), path);
  });
}

describe('NameDatabase', () => {
  it.each<[string, number, string | undefined]>([
    ['the first user', 0, 'root'],
    ['the first of two names', 33, 'nginx'],
    ['the largest ID', 4294967294, 'last'],
    ['no comment', 7, undefined],
    ['no reference to another database', 8, undefined],
    ['no empty name', 9, undefined],
    ['no name with a space', 11, undefined],
    ['no ID in another notation', 16, undefined],
    ['nobody', 12345, undefined],
  ])('finds %s', async (_, id, expected) => {
    await inPasswd(PASSWD, async (names) => expect((await names.current()).get(id)).toBe(expected));
  });

  it('gives the same object until the file changes', async () => {
    await inPasswd('a:x:1:1\n', async (names, path) => {
      const first = await names.current();
      expect(await names.current()).toBe(first);
      await writeFile(path, 'b:x:1:1\n');
      expect(await names.current()).not.toBe(first);
    });
  });

  it('sees a file that was rewritten or replaced', async () => {
    await inPasswd('a:x:1:1\n', async (names, path) => {
      expect((await names.current()).get(1)).toBe('a');
      await writeFile(path, 'b:x:1:1\n');
      expect((await names.current()).get(1)).toBe('b');
      await writeFile(`${path}.new`, 'c:x:1:1\n');
      await rename(`${path}.new`, path);
      expect((await names.current()).get(1)).toBe('c');
    });
  });

  it('does not go by the modification time alone', async () => {
    await inPasswd('a:x:1:1\n', async (names, path) => {
      await utimes(path, 1000, 1000);
      expect((await names.current()).get(1)).toBe('a');
      await writeFile(path, 'b:x:1:1\n');
      await utimes(path, 1000, 1000);
      expect((await names.current()).get(1)).toBe('b');
    });
  });

  it('rejects when the file is gone, rather than answer from what it was', async () => {
    await inPasswd('a:x:1:1\n', async (names, path) => {
      await names.current();
      await rm(path);
      await expect(names.current()).rejects.toMatchObject({ code: 'ENOENT' });
    });
  });
});
