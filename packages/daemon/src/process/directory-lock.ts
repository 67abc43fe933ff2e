import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessError } from '@signet/core';
import { tryLockFile } from '../platform/libc.ts';

/** Exclusive use of a directory. */
export interface DirectoryLock {
  release(): void;
}

const { O_CREAT, O_NOFOLLOW, O_RDWR } = constants;

/**
 * Takes a directory for this process alone, until it is released or the process ends, however it ends.
 *
 * The lock is the kernel's, on an open file: a file left by a dead process does not block. Its content, our pid, is
 * for people.
 *
 * @param name - of the lock file.
 * @throws {ProcessError} `ERR_PROCESS_DATA_DIR_LOCKED` when another process has it.
 */
export function lockDirectory(directory: string, name: string = '.lock'): DirectoryLock {
  const fd = openSync(join(directory, name), O_RDWR | O_CREAT | O_NOFOLLOW, 0o600);
  try {
    if (!tryLockFile(fd)) {
      throw new ProcessError('ERR_PROCESS_DATA_DIR_LOCKED', `${directory} is in use by another process`);
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
