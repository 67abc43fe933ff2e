import { closeSync, constants, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreError } from '@signet/core';

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
  closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600));
  const database = new Database(path, { fileMustExist: true, timeout: 0 });
  try {
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (cause instanceof Database.SqliteError && cause.code === 'SQLITE_BUSY') {
      throw new StoreError('ERR_STORE_LOCKED', `another server uses this database (${path} is locked)`);
    }
    throw cause;
  }
  return { release: () => void database.close() };
}
