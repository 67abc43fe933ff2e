import {
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '@signet/core';
import { SqliteConnection } from './connection.ts';
import { migrate } from './migrate.ts';

const NFS_MAGIC = 0x6969;

/** Makes the folder of the database: ours alone, and on a file system whose locks and syncs can be relied upon. */
export function prepareFolder(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (statfsSync(folder).type === NFS_MAGIC) {
    throw new StoreError('ERR_STORE_NOT_DURABLE', `${folder} is on NFS, where SQLite is not safe`);
  }
}

/**
 * Makes sure that there is a database at the path, readable by its owner only.
 *
 * A new one is built beside the path and renamed into place when it is complete and synced: an empty or cut file at
 * the path is never ours and never taken for a fresh start.
 *
 * @returns whether the last user stopped without closing it.
 * @throws {StoreError} `ERR_STORE_CORRUPT` something is there that no complete database looks like.
 */
export function prepareDatabaseFile(path: string): { readonly wasUnclean: boolean } {
  const file = lstatSync(path, { throwIfNoEntry: false });
  const wal = lstatSync(`${path}-wal`, { throwIfNoEntry: false });
  if (file === undefined) {
    if (wal !== undefined)
      throw new StoreError('ERR_STORE_CORRUPT', `${path} is missing, but its -wal file is there`);
    createDatabaseFile(path);
    return { wasUnclean: false };
  }
  if (!file.isFile()) throw new StoreError('ERR_STORE_CORRUPT', `${path} is not a regular file`);
  if (file.size === 0) throw new StoreError('ERR_STORE_CORRUPT', `${path} is empty`);
  if ((file.mode & 0o077) !== 0) chmodSync(path, 0o600);
  return { wasUnclean: wal !== undefined && wal.size > 0 };
}

function createDatabaseFile(path: string): void {
  const draft = `${path}.new`;
  for (const leftover of [draft, `${draft}-wal`, `${draft}-shm`]) rmSync(leftover, { force: true });
  closeSync(openSync(draft, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600));
  const connection = SqliteConnection.open(draft, { readonly: false });
  try {
    migrate(connection, { isNew: true });
  } finally {
    connection.close();
  }
  syncFile(draft);
  renameSync(draft, path);
  syncFile(dirname(path));
}

function syncFile(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
