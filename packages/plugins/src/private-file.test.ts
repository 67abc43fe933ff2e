import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, readdir, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { inFolder, withUmask } from './testdata/folder.ts';

const MAX = 1000;
const isRoot = process.geteuid?.() === 0;

describe('writePrivateFile', () => {
  it.each([0o000, 0o022, 0o077])('T32: makes the file for its owner only under umask %o', async (mask) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'keys.json');
      await withUmask(mask, () => writePrivateFile(path, Buffer.from('secret')));
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, 'utf8')).toBe('secret');
    });
  });

  it('T32: a file in its place is never open to others, not even empty', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'keys.json');
      const modes = new Set<number>();
      const watch = new AbortController();
      const watching = (async () => {
        while (!watch.signal.aborted) {
          for (const name of await readdir(folder)) {
            const found = await stat(join(folder, name)).catch(() => undefined);
            if (found !== undefined) modes.add(found.mode & 0o077);
          }
        }
      })();
      await withUmask(0, async () => {
        for (let i = 0; i < 50; i++) await writePrivateFile(path, Buffer.alloc(10_000, i));
      });
      watch.abort();
      await watching;
      expect([...modes]).toEqual([0]);
    });
  });

  it('T32: a reader sees all of the old or all of the new', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'keys.json');
      await writePrivateFile(path, Buffer.alloc(50_000, 1));
      const watch = new AbortController();
      const torn: string[] = [];
      const read = (async () => {
        while (!watch.signal.aborted) {
          const bytes = await readFile(path);
          if (bytes.length !== 50_000 || !bytes.every((byte) => byte === bytes[0])) torn.push('torn');
        }
      })();
      for (let i = 0; i < 50; i++) await writePrivateFile(path, Buffer.alloc(50_000, i));
      watch.abort();
      await read;
      expect(torn).toEqual([]);
    });
  });

  it('takes over what a crash left of an earlier write, and leaves nothing itself', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, '.keys.json.tmp'), 'half', { mode: 0o644 });
      await writePrivateFile(join(folder, 'keys.json'), Buffer.from('whole'));
      expect(await readdir(folder)).toEqual(['keys.json']);
      expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600);
    });
  });

  it('does not write through a link in the place of the temporary file', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'victim'), 'mine');
      await symlink(join(folder, 'victim'), join(folder, '.keys.json.tmp'));
      await writePrivateFile(join(folder, 'keys.json'), Buffer.from('secret'));
      expect(await readFile(join(folder, 'victim'), 'utf8')).toBe('mine');
    });
  });

  it('keeps the old content when the new cannot be put in place', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'keys.json');
      await mkdir(path);
      await expect(writePrivateFile(path, Buffer.from('x'))).rejects.toMatchObject({
        code: 'ERR_KEY_MANAGER_STORAGE',
      });
      expect(await readdir(folder)).toEqual(['keys.json']);
    });
  });

  it('refuses a folder that is not there', async () => {
    await expect(writePrivateFile('/no/such/folder/keys.json', Buffer.from('x'))).rejects.toMatchObject({
      code: 'ERR_KEY_MANAGER_STORAGE',
    });
  });
});

describe('readPrivateFile', () => {
  it('gives the bytes', async () => {
    await inFolder(async (folder) => {
      await writePrivateFile(join(folder, 'f'), Buffer.from('abc'));
      expect(await readPrivateFile(join(folder, 'f'), MAX)).toEqual(Buffer.from('abc'));
    });
  });

  it('gives undefined when there is no file', async () => {
    await inFolder(async (folder) => {
      expect(await readPrivateFile(join(folder, 'f'), MAX)).toBeUndefined();
    });
  });

  it.each([0o640, 0o604, 0o660, 0o666, 0o700 | 0o010, 0o601])('refuses mode %o', async (mode) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'f'), 'x');
      await chmod(join(folder, 'f'), mode);
      await expect(readPrivateFile(join(folder, 'f'), MAX)).rejects.toMatchObject({
        code: 'ERR_KEY_FILE_INSECURE',
      });
    });
  });

  type Prepare = (path: string) => Promise<unknown>;
  it.each<[string, string, Prepare]>([
    [
      'a symbolic link',
      'ERR_KEY_FILE_INSECURE',
      async (path) => {
        await writePrivateFile(`${path}.real`, Buffer.from('x'));
        await symlink(`${path}.real`, path);
      },
    ],
    ['a dangling link', 'ERR_KEY_FILE_INSECURE', (path) => symlink('/no/such/file', path)],
    ['a folder', 'ERR_KEY_FILE_INSECURE', (path) => mkdir(path, { mode: 0o700 })],
    [
      'a FIFO',
      'ERR_KEY_FILE_INSECURE',
      (path) => Promise.resolve(execFileSync('/usr/bin/mkfifo', ['-m', '600', path])),
    ],
    ['a file too large', 'ERR_KEY_FILE_DAMAGED', (path) => writePrivateFile(path, Buffer.alloc(MAX + 1))],
  ])('refuses %s with %s', async (_, code, prepare) => {
    await inFolder(async (folder) => {
      await prepare(join(folder, 'f'));
      await expect(readPrivateFile(join(folder, 'f'), MAX)).rejects.toMatchObject({ code });
    });
  });

  (isRoot ? it : it.skip)('refuses a file of another user', async () => {
    await inFolder(async (folder) => {
      await writePrivateFile(join(folder, 'f'), Buffer.from('x'));
      await chown(join(folder, 'f'), 12345, 12345);
      await expect(readPrivateFile(join(folder, 'f'), MAX)).rejects.toMatchObject({
        code: 'ERR_KEY_FILE_INSECURE',
      });
    });
  });

  it('refuses a folder where anyone may replace the file, unless it is sticky', async () => {
    await inFolder(async (folder) => {
      const [open, path] = [join(folder, 'open'), join(folder, 'open', 'f')];
      await mkdir(open);
      await writePrivateFile(path, Buffer.from('x'));
      await chmod(open, 0o777);
      await expect(readPrivateFile(path, MAX)).rejects.toMatchObject({ code: 'ERR_KEY_FILE_INSECURE' });
      await chmod(open, 0o1777);
      await expect(readPrivateFile(path, MAX)).resolves.toHaveLength(1);
    });
  });

  it('names the path and not the content', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'f'), 'secret');
      await rename(join(folder, 'f'), join(folder, 'g'));
      await chmod(join(folder, 'g'), 0o644);
      await expect(readPrivateFile(join(folder, 'g'), MAX)).rejects.toThrow(
        `${folder}/g is open to other users`,
      );
    });
  });
});
