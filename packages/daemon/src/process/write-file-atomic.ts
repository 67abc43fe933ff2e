import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** How a file is written. */
export interface WriteFileOptions {
  /** permissions, whatever the umask; default 0600. */
  readonly mode?: number;
}

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;
const CREATE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
const DIRECTORY = O_RDONLY | O_DIRECTORY;
const PRIVATE = 0o600;

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
}

async function fill(file: FileHandle, data: Uint8Array | string, mode: number): Promise<void> {
  try {
    await file.writeFile(data);
    // After the content: until then nobody else may look.
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, DIRECTORY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * Writes a file whole or not at all, and durably: new file, sync, rename, sync of the directory.
 *
 * A reader sees the old content or the new one. After a failure the old file stands and no temporary file is left.
 */
export async function writeFileAtomic(
  path: string,
  data: Uint8Array | string,
  options: WriteFileOptions = {},
): Promise<void> {
  const temporary = temporaryName(path);
  const file = await open(temporary, CREATE, PRIVATE);
  try {
    await fill(file, data, options.mode ?? PRIVATE);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(dirname(path));
}

function writeAll(fd: number, data: Uint8Array): void {
  for (let offset = 0; offset < data.length;) offset += writeSync(fd, data, offset);
}

function fillSync(fd: number, data: Uint8Array, mode: number): void {
  try {
    writeAll(fd, data);
    fchmodSync(fd, mode);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function syncDirectorySync(path: string): void {
  const fd = openSync(path, DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** `writeFileAtomic` for start-up and shut-down, where nothing else waits. */
export function writeFileAtomicSync(
  path: string,
  data: Uint8Array | string,
  options: WriteFileOptions = {},
): void {
  const temporary = temporaryName(path);
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const fd = openSync(temporary, CREATE, PRIVATE);
  try {
    fillSync(fd, bytes, options.mode ?? PRIVATE);
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
  syncDirectorySync(dirname(path));
}
