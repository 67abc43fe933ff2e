import { readOperation } from '../sql/operations.ts';
import { SqliteConnection } from './connection.ts';
import type { OperationReply, OperationRequest } from './messages.ts';
import { operationError, sqliteCode } from './operation-error.ts';

/** A connection that cannot write; it sees every commit, and no stalled one holds it up. */
export class DatabaseReader {
  readonly #path: string;
  #connection: SqliteConnection | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Runs one reading operation on one snapshot. */
  read(request: OperationRequest): OperationReply {
    try {
      this.#connection ??= SqliteConnection.open(this.#path, { readonly: true });
      return { id: request.id, ok: true, value: runOnSnapshot(this.#connection, request) };
    } catch (failure) {
      // An I/O error may stay with its connection: the next read opens a new one.
      if (sqliteCode(failure) !== undefined) this.close();
      return { id: request.id, ok: false, error: operationError(failure) };
    }
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

function runOnSnapshot(connection: SqliteConnection, request: OperationRequest): unknown {
  connection.command('BEGIN');
  try {
    return connection.runSteps(readOperation(request.name)(request.input));
  } finally {
    if (connection.inTransaction) connection.command('COMMIT');
  }
}
