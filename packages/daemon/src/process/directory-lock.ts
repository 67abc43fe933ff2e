import { closeSync, constants, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessError } from '@signet/core';
import { tryLockFile } from '../platform/libc.ts';
import { systemReason } from './system-reason.ts';

/** Exclusive use of a directory. */
export interface DirectoryLock {
  release(): void;
}

const { O_CREAT, O_NOFOLLOW, O_RDWR } = constants;
const MAX_PID_DIGITS = 10;

function openLockFile(path: string): number {
  try {
    return openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600);
  } catch (cause) {
    throw new ProcessError('ERR_PROCESS_DIRECTORY', `cannot open ${path}: ${systemReason(cause)}`, { cause });
  }
}

/** The process that has the lock, by what it wrote. */
function holder(fd: number): string {
  const bytes = Buffer.alloc(MAX_PID_DIGITS);
  const [pid] = /^[0-9]+/.exec(bytes.toString('latin1', 0, readSync(fd, bytes, 0, bytes.length, 0))) ?? [];
  return pid === undefined ? 'another process' : `process ${pid}`;
}

/**
 * Takes a directory for this process alone, until it is released or the process ends, however it ends.
 *
 * The lock is the kernel's, on an open file: a file left by a dead process does not block. Its content, our pid, is
 * for people.
 *
 * @param name - of the lock file.
 * @throws {ProcessError} `ERR_PROCESS_DATA_DIR_LOCKED` when another process has it, `ERR_PROCESS_DIRECTORY` when the
 *   file cannot be opened.
 */
export function lockDirectory(directory: string, name: string = '.lock'): DirectoryLock {
  const fd = openLockFile(join(directory, name));
  try {
    if (!tryLockFile(fd)) {
      throw new ProcessError('ERR_PROCESS_DATA_DIR_LOCKED', `${directory} is in use by ${holder(fd)}`);
    }
    ftruncateSync(fd);
    writeSync(fd, `${process.pid}\n`);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  let isHeld = true;
  return {
    release() {
      if (isHeld) closeSync(fd);
      isHeld = false;
    },
  };
}
