import { writeOperation } from '../sql/operations.ts';
import type { ChangeRecord } from '../sql/change-record.ts';
import type { WriteContext } from '../sql/write-context.ts';
import type { SqliteConnection } from './connection.ts';
import type { OperationReply, OperationRequest } from './messages.ts';
import { operationError } from './operation-error.ts';

/** How long requests are gathered into one transaction while more are waiting. */
const MAX_GATHER_MS = 5;

/** What one transaction did. */
export interface CommittedBatch {
  readonly replies: readonly OperationReply[];
  readonly changes: readonly ChangeRecord[];
  /** Set when the transaction as a whole failed: nothing of it was acknowledged. */
  readonly failure?: unknown;
}

/**
 * Runs waiting requests in one transaction and gives their replies after it is durable.
 *
 * Each request has its own savepoint, so one that fails takes nobody with it. Takes from the front of `queue` as
 * many as fit into the time.
 */
export function commitBatch(
  connection: SqliteConnection,
  queue: OperationRequest[],
  nowMs: () => number,
): CommittedBatch {
  const taken: OperationRequest[] = [];
  const replies: OperationReply[] = [];
  const changes: ChangeRecord[] = [];
  const until = nowMs() + MAX_GATHER_MS;
  try {
    connection.command('BEGIN IMMEDIATE');
    do {
      const request = queue.shift();
      if (request === undefined) break;
      taken.push(request);
      replies.push(runRequest(connection, request, changes));
    } while (nowMs() < until);
    connection.command('COMMIT');
    return { replies, changes };
  } catch (failure) {
    const unserved = taken.length > 0 ? taken : queue.splice(0);
    const error = operationError(failure);
    return { replies: unserved.map(({ id }) => ({ id, ok: false, error })), changes: [], failure };
  }
}

function runRequest(
  connection: SqliteConnection,
  request: OperationRequest,
  changes: ChangeRecord[],
): OperationReply {
  const context: WriteContext = { at: request.at, changes: [] };
  connection.command('SAVEPOINT request');
  try {
    const value = connection.runSteps(writeOperation(request.name)(request.input, context));
    connection.command('RELEASE request');
    changes.push(...context.changes);
    return { id: request.id, ok: true, value };
  } catch (failure) {
    // After some I/O errors SQLite has ended the whole transaction: then nobody in it may be acknowledged.
    if (!connection.inTransaction) throw failure;
    connection.command('ROLLBACK TO request');
    connection.command('RELEASE request');
    return { id: request.id, ok: false, error: operationError(failure) };
  }
}
