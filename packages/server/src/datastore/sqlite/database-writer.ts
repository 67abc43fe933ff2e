import { changesSince, latestChange } from '../sql/change-operations.ts';
import type { ChangeRecord } from '../sql/change-record.ts';
import { countOpening, type DatabaseIdentity } from '../sql/meta-operations.ts';
import { StoreError } from '@signet/core';
import { SqliteConnection } from './connection.ts';
import { prepareDatabaseFile, prepareFolder } from './database-file.ts';
import { lockFile, type FileLock } from './file-lock.ts';
import { commitBatch } from './group-commit.ts';
import type { OperationRequest, WorkerReply } from './messages.ts';
import { migrate } from './migrate.ts';
import { operationError } from './operation-error.ts';

type Batch = Extract<WorkerReply, { kind: 'batch' }>;

const CATCH_UP_CHANGES = 100_000;

/** The one writing connection of a database, and the lock that makes it the one. */
export class DatabaseWriter {
  readonly identity: DatabaseIdentity;
  readonly #path: string;
  readonly #lock: FileLock;
  #connection: SqliteConnection | undefined;
  /** Newest change that was told. */
  #told: number;

  private constructor(path: string, lock: FileLock, connection: SqliteConnection) {
    this.#path = path;
    this.#lock = lock;
    this.#connection = connection;
    this.identity = inTransaction(connection, () => connection.runSteps(countOpening()));
    this.#told = connection.runSteps(latestChange());
  }

  /** Locks, makes or checks, and migrates the database. @throws {StoreError} `ERR_STORE_*` */
  static open(path: string): DatabaseWriter {
    prepareFolder(path);
    const lock = lockFile(`${path}.lock`);
    try {
      const { wasUnclean } = prepareDatabaseFile(path);
      return new DatabaseWriter(path, lock, openChecked(path, wasUnclean));
    } catch (cause) {
      lock.release();
      throw cause;
    }
  }

  /** Commits requests from the front of the queue; see {@link commitBatch}. */
  commit(queue: OperationRequest[]): Batch {
    const changes: ChangeRecord[] = [];
    try {
      const batch = commitBatch(this.#opened(changes), queue, () => performance.now());
      this.#tell(changes, batch.changes);
      if (batch.failure !== undefined) this.#recover(changes);
      return { kind: 'batch', replies: batch.replies, changes };
    } catch (failure) {
      const error = operationError(failure);
      return { kind: 'batch', replies: queue.splice(0).map(({ id }) => ({ id, ok: false, error })), changes };
    }
  }

  close(): void {
    this.#drop();
    this.#lock.release();
  }

  /** After a failed commit its fate is open; the database decides when it is opened again, and what came of it is told. */
  #recover(changes: ChangeRecord[]): void {
    this.#drop();
    try {
      this.#opened(changes);
    } catch {
      // The disk is still not well: the next commit tries again, and says so if it fails.
    }
  }

  #opened(changes: ChangeRecord[]): SqliteConnection {
    if (this.#connection !== undefined) return this.#connection;
    const connection = SqliteConnection.open(this.#path, { readonly: false });
    const missed = changesSince({ sequence: this.#told, limit: CATCH_UP_CHANGES });
    this.#tell(changes, connection.runSteps(missed));
    this.#connection = connection;
    return connection;
  }

  #tell(changes: ChangeRecord[], more: readonly ChangeRecord[]): void {
    for (const change of more) changes.push(change);
    this.#told = more.at(-1)?.sequence ?? this.#told;
  }

  #drop(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

function openChecked(path: string, wasUnclean: boolean): SqliteConnection {
  const connection = SqliteConnection.open(path, { readonly: false });
  try {
    if (wasUnclean) refuseDamaged(connection);
    migrate(connection, { isNew: false });
    return connection;
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

function refuseDamaged(connection: SqliteConnection): void {
  if (connection.pragma('integrity_check(1)') === 'ok') return;
  throw new StoreError('ERR_STORE_CORRUPT', 'the database is damaged: restore a backup');
}

function inTransaction<T>(connection: SqliteConnection, work: () => T): T {
  connection.command('BEGIN IMMEDIATE');
  const result = work();
  connection.command('COMMIT');
  return result;
}
