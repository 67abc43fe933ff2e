import { constants } from 'node:fs';
import { open, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PluginError } from '@signet/core';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

const FOR_OTHERS = 0o077;
const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * The bytes of a file that only this user can read, or undefined when there is none.
 *
 * @throws {PluginError} `ERR_KEY_FILE_INSECURE` for a link, a special file, a file of another user, a file that
 *   others may read or a folder where anyone can replace it; `ERR_KEY_FILE_DAMAGED` when larger than `maxBytes`;
 *   `ERR_KEY_MANAGER_STORAGE` when it cannot be read.
 */
export async function readPrivateFile(path: string, maxBytes: number): Promise<Buffer | undefined> {
  await checkFolder(dirname(path));
  const file = await openExisting(path);
  if (file === undefined) return undefined;
  try {
    const size = await checkPrivate(file, path);
    if (size > maxBytes) throw damaged(path, 'is too large');
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Puts the bytes in the file's place: afterwards, and after a crash at any moment, it holds all of the old or all
 * of the new. No byte is ever in a file that others could read.
 *
 * @throws {PluginError} `ERR_KEY_FILE_INSECURE`, `ERR_KEY_MANAGER_STORAGE`; the old content is then still there.
 */
export async function writePrivateFile(path: string, bytes: Uint8Array): Promise<void> {
  await checkFolder(dirname(path));
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  try {
    await unlink(temporary).catch(ignoreMissing);
    await writeNew(temporary, bytes);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await unlink(temporary).catch(() => undefined);
    throw new PluginError('ERR_KEY_MANAGER_STORAGE', `cannot write ${path}`, { cause });
  }
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    await file.writeFile(bytes);
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, O_RDONLY | O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    // Non-blocking, so that a FIFO in the file's place cannot hold the start up.
    return await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (cause) {
    const code = errnoOf(cause);
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw insecure(path, 'is a symbolic link');
    if (code === 'ENXIO') throw insecure(path, 'is not a regular file');
    throw new PluginError('ERR_KEY_MANAGER_STORAGE', `cannot read ${path}`, { cause });
  }
}

async function checkPrivate(file: FileHandle, path: string): Promise<number> {
  const stats = await file.stat();
  if (!stats.isFile()) throw insecure(path, 'is not a regular file');
  if (stats.uid !== process.geteuid?.()) throw insecure(path, 'belongs to another user');
  if ((stats.mode & FOR_OTHERS) !== 0) throw insecure(path, 'is open to other users; its mode must be 0600');
  return stats.size;
}

async function checkFolder(path: string): Promise<void> {
  const { mode } = await stat(path).catch((cause: unknown) => {
    throw new PluginError('ERR_KEY_MANAGER_STORAGE', `cannot use folder ${path}`, { cause });
  });
  if ((mode & WRITABLE_BY_ALL) !== 0 && (mode & STICKY) === 0) {
    throw insecure(path, 'is a folder that anyone can write to');
  }
}

function insecure(path: string, what: string): PluginError {
  return new PluginError('ERR_KEY_FILE_INSECURE', `${path} ${what}`);
}

function damaged(path: string, what: string): PluginError {
  return new PluginError('ERR_KEY_FILE_DAMAGED', `${path} ${what}`);
}

function errnoOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function ignoreMissing(error: unknown): void {
  if (errnoOf(error) !== 'ENOENT') throw error;
}
