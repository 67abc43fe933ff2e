import { nowSeconds, type Clock, StoreError } from '@signet/core';
import type { Datastore } from '../datastore.ts';
import { CommitListeners } from '../stores/change-log.ts';
import { createStores } from '../stores/create-stores.ts';
import { isRead, type OperationCaller } from '../sql/operations.ts';
import { DatabaseThread } from './database-thread.ts';

/** Where the database is, and who must hear what becomes of it. */
export interface SqliteDatastoreOptions {
  /** The database file; made when missing, with its folder. */
  readonly path: string;
  readonly clock: Clock;
  /** A database thread died: nothing works any more, the program should end. */
  readonly onLost?: (error: StoreError) => void;
}

/**
 * Opens the SQLite datastore: one thread that writes, one that reads, so that neither a slow disk nor a long write
 * holds up the event loop or a read.
 *
 * @throws {StoreError} `ERR_STORE_LOCKED` another server uses the file; `ERR_STORE_CORRUPT`;
 *   `ERR_STORE_SCHEMA_VERSION`; `ERR_STORE_NOT_DURABLE`; `ERR_STORE_UNAVAILABLE`.
 */
export async function openSqliteDatastore(options: SqliteDatastoreOptions): Promise<Datastore> {
  const { path, clock } = options;
  const commits = new CommitListeners();
  const listeners = {
    onCommit: commits.tell.bind(commits),
    onLost: (error: StoreError) => options.onLost?.(error),
  };
  const [writing, reading] = await Promise.allSettled([
    DatabaseThread.start({ role: 'writer', path }, listeners),
    DatabaseThread.start({ role: 'reader', path }, listeners),
  ]);
  if (writing.status === 'rejected' || reading.status === 'rejected') {
    throw withPath(await abandon([writing, reading]), path);
  }
  const { thread: writer, identity } = writing.value;
  const { thread: reader } = reading.value;
  const caller = callerOver(reader, writer, clock);
  const close = async (): Promise<void> => {
    // The writer last: the last connection to close merges the write-ahead log into the file.
    await reader.close();
    await writer.close();
  };
  return { ...createStores(caller, commits), id: identity?.id ?? '', epoch: identity?.epoch ?? 0, close };
}

type Starting = PromiseSettledResult<{ thread: DatabaseThread }>;

/** Closes what did start; gives the reason of what did not. */
async function abandon(starting: readonly Starting[]): Promise<unknown> {
  for (const one of starting) if (one.status === 'fulfilled') await one.value.thread.close();
  return starting.find((one) => one.status === 'rejected')?.reason;
}

/** Whoever has to restore a file has to know which. */
function withPath(error: unknown, path: string): unknown {
  if (!(error instanceof StoreError) || error.code !== 'ERR_STORE_CORRUPT') return error;
  return new StoreError(error.code, `${path}: ${error.message}`, { cause: error });
}

function callerOver(reader: DatabaseThread, writer: DatabaseThread, clock: Clock): OperationCaller {
  return {
    call: (name, input) => {
      const thread = isRead(name) ? reader : writer;
      return thread.run(name, input, nowSeconds(clock)) as never;
    },
  };
}
