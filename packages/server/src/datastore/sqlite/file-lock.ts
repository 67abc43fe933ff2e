import { closeSync, constants, lstatSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreError } from '@signet/core';
import { sqliteCode } from './operation-error.ts';

/** A lock held until it is released or the process ends, however it ends. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the lock that one server holds on its database.
 *
 * Node has no file locks, SQLite does: an exclusive transaction on an empty file of our own. The kernel lets it go
 * with the process, so there is no stale lock to clean up.
 *
 * @throws {StoreError} `ERR_STORE_LOCKED` another server has it.
 */
export function lockFile(path: string): FileLock {
  makeLockFile(path);
  const database = new Database(path, { fileMustExist: true, timeout: 0 });
  try {
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (sqliteCode(cause) === 'SQLITE_BUSY') {
      throw new StoreError('ERR_STORE_LOCKED', `another server uses this database (${path} is locked)`);
    }
    throw cause;
  }
  return { release: () => void database.close() };
}

function makeLockFile(path: string): void {
  // Never open the file when it is there: closing any descriptor of it would drop the lock this process may hold.
  const file = lstatSync(path, { throwIfNoEntry: false });
  if (file === undefined) {
    closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600));
  } else if (!file.isFile()) {
    throw new StoreError('ERR_STORE_LOCKED', `${path} is not a regular file`);
  }
}
