import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openDataDirectory } from './data-directory.ts';
import { lockDirectory } from './directory-lock.ts';
import { ensurePrivateDirectory } from './private-directory.ts';
import { writeFileAtomic, writeFileAtomicSync } from './write-file-atomic.ts';
import { temporaryFolder } from '../testdata/temporary-folder.ts';

describe.each([
  ['writeFileAtomic', writeFileAtomic],
  [
    'writeFileAtomicSync',
    (...args: Parameters<typeof writeFileAtomicSync>) => Promise.try(writeFileAtomicSync, ...args),
  ],
])('%s', (_name, write) => {
  it('writes the whole, with mode 0600 whatever the umask (T32)', async () => {
    const path = join(temporaryFolder(), 'key.pem');
    const before = process.umask(0);
    await write(path, 'secret');
    process.umask(before);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['secret', 0o600]);
  });

  it('sets another mode, also against the umask', async () => {
    const path = join(temporaryFolder(), 'bundle.pem');
    const before = process.umask(0o077);
    await write(path, new Uint8Array([1, 2]), { mode: 0o644 });
    process.umask(before);
    expect([statSync(path).size, statSync(path).mode & 0o777]).toEqual([2, 0o644]);
  });

  it('replaces a symbolic link, not what it points to', async () => {
    const directory = temporaryFolder();
    const [path, victim] = [join(directory, 'a'), join(directory, 'victim')];
    writeFileSync(victim, 'old');
    symlinkSync(victim, path);
    await write(path, 'new');
    expect([readFileSync(path, 'utf8'), readFileSync(victim, 'utf8')]).toEqual(['new', 'old']);
  });

  it('leaves nothing behind when it fails', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'a', 'b'), { recursive: true });
    await expect(write(join(directory, 'a'), 'x')).rejects.toThrow();
    expect(readdirSync(directory)).toEqual(['a']);
  });
});

describe('lockDirectory', () => {
  const script = `import(${JSON.stringify(join(import.meta.dirname, 'directory-lock.ts'))}).then(({ lockDirectory }) => {
    try { lockDirectory(process.argv[1]); console.log('locked'); } catch (error) { console.log(error.code); } })`;

  function lockInChild(directory: string): string {
    const args = ['--conditions=@signet/source', '--no-warnings', '-e', script, directory];
    return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.trim();
  }

  it('keeps a second process out until it is released (R28)', () => {
    const directory = temporaryFolder();
    const lock = lockDirectory(directory);
    expect(readFileSync(join(directory, '.lock'), 'utf8')).toBe(`${process.pid}\n`);
    expect(lockInChild(directory)).toBe('ERR_PROCESS_DATA_DIR_LOCKED');
    lock.release();
    lock.release();
    expect(lockInChild(directory)).toBe('locked');
  });

  it('is not held by a process that ended', () => {
    const directory = temporaryFolder();
    expect([lockInChild(directory), lockInChild(directory)]).toEqual(['locked', 'locked']);
  });

  it('keeps a second user in the same process out', () => {
    const directory = temporaryFolder();
    lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(
      expect.objectContaining({
        code: 'ERR_PROCESS_DATA_DIR_LOCKED',
        message: `${directory} is in use by process ${process.pid}`,
      }),
    );
  });

  it('does not follow a symbolic link', () => {
    const directory = temporaryFolder();
    symlinkSync(join(directory, 'victim'), join(directory, '.lock'));
    expect(() => lockDirectory(directory)).toThrow(
      expect.objectContaining({ code: 'ERR_PROCESS_DIRECTORY' }),
    );
  });
});

describe('ensurePrivateDirectory', () => {
  it('makes it, with its parents', () => {
    const path = join(temporaryFolder(), 'a', 'b');
    ensurePrivateDirectory(path);
    ensurePrivateDirectory(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['a symbolic link', (path: string) => symlinkSync(tmpdir(), path)],
    [
      'writable by the group',
      (path: string) => {
        mkdirSync(path);
        chmodSync(path, 0o770);
      },
    ],
    [
      'writable by all',
      (path: string) => {
        mkdirSync(path);
        chmodSync(path, 0o1777);
      },
    ],
    [
      'of another user',
      (path: string) => {
        mkdirSync(path);
        chownSync(path, 12345, 0);
      },
    ],
  ])('refuses one that is %s', (_name, make) => {
    const path = join(temporaryFolder(), 'a');
    make(path);
    expect(() => ensurePrivateDirectory(path)).toThrow(
      expect.objectContaining({ code: 'ERR_PROCESS_DIRECTORY' }),
    );
  });
});

describe('openDataDirectory', () => {
  function failure(path: string): { code: unknown; message: string } {
    try {
      openDataDirectory(path);
    } catch (error) {
      return { code: (error as { code: unknown }).code, message: (error as Error).message };
    }
    throw new Error('it was opened');
  }

  it('makes it and takes it', () => {
    const path = join(temporaryFolder(), 'data');
    openDataDirectory(path).release();
    openDataDirectory(path).release();
  });

  it('says who has it, and what to do', () => {
    const path = temporaryFolder();
    openDataDirectory(path);
    expect(failure(path)).toEqual({
      code: 'ERR_PROCESS_DATA_DIR_LOCKED',
      message: `data_dir: ${path} is in use by process ${process.pid}; stop that process, or set another data_dir`,
    });
  });

  it('says why it cannot be made', () => {
    const path = join(temporaryFolder(), 'file', 'data');
    writeFileSync(join(path, '..'), '');
    expect(failure(path)).toEqual({
      code: 'ERR_PROCESS_DIRECTORY',
      message: `data_dir: cannot make directory ${path}: not a directory; mend that, or set another data_dir`,
    });
  });

  it('says how to close it', () => {
    const path = temporaryFolder();
    chmodSync(path, 0o777);
    expect(failure(path)).toEqual({
      code: 'ERR_PROCESS_DIRECTORY',
      message: `data_dir: directory ${path} can be written to by other users: chmod go-w ${path}; mend that, or set another data_dir`,
    });
  });
});
