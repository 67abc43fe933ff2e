import { readOperations } from '../sql/operations.ts';
import { StoreError } from '@signet/core';
import type { Steps } from '../sql/steps.ts';
import { SqliteConnection } from './connection.ts';
import type { OperationReply, OperationRequest } from './messages.ts';
import { operationError } from './operation-error.ts';

/** A connection that cannot write; it sees every commit, and no stalled one holds it up. */
export class DatabaseReader {
  readonly #connection: SqliteConnection;

  constructor(path: string) {
    this.#connection = SqliteConnection.open(path, { readonly: true });
  }

  /** Runs one reading operation on one snapshot. */
  read(request: OperationRequest): OperationReply {
    try {
      this.#connection.command('BEGIN');
      const value = this.#connection.runSteps(stepsOf(request));
      return { id: request.id, ok: true, value };
    } catch (failure) {
      return { id: request.id, ok: false, error: operationError(failure) };
    } finally {
      if (this.#connection.inTransaction) this.#connection.command('COMMIT');
    }
  }

  close(): void {
    this.#connection.close();
  }
}

function stepsOf(request: OperationRequest): Steps<unknown> {
  const operation = (readOperations as Readonly<Record<string, unknown>>)[request.name] as
    | ((input: unknown) => Steps<unknown>)
    | undefined;
  if (operation === undefined) throw new StoreError('ERR_INTERNAL', `no read operation ${request.name}`);
  return operation(request.input);
}
