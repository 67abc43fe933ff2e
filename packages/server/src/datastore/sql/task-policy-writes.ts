import { StoreError } from '@signet/core';
import { recordChange } from './change-operations.ts';
import { findStoredEntry } from './entry-rows.ts';
import { replaceEntry } from './entry-writes.ts';
import { entryTaskOnly } from './revocation-causes.ts';
import { revokeCredentials } from './revoke-credentials.ts';
import { prepare } from './statement.ts';
import { firstRow, run, type Steps } from './steps.ts';
import { findTaskPolicyRow, type TaskPolicyRow } from './task-rows.ts';
import type { WriteContext } from './write-context.ts';

const upsert = prepare<TaskPolicyRow>((db, value) => {
  const columns = {
    is_task_only: value('is_task_only'),
    max_ttl: value('max_ttl'),
    offline_lease: value('offline_lease'),
  };
  return db
    .insertInto('task_policies')
    .values({ entry_id: value('entry_id'), ...columns })
    .onConflict((conflict) => conflict.column('entry_id').doUpdateSet(columns));
});

/** Writes what an entry says of tasks. */
export function* replaceTaskPolicy(row: TaskPolicyRow, context: WriteContext): Steps<void> {
  yield* run(upsert(row));
  yield* recordChange(context, { kind: 'task_policy', id: row.entry_id, row });
}

/**
 * Changes what an entry says of tasks. What it was issued outside of tasks is revoked when from now on nothing is.
 *
 * @see TaskStore.setPolicy
 */
export function* setTaskPolicy(row: TaskPolicyRow, context: WriteContext): Steps<TaskPolicyRow> {
  const stored = yield* firstRow(findStoredEntry({ id: row.entry_id }));
  if (stored === undefined) throw new StoreError('ERR_NOT_FOUND', 'entry not found');
  const { row_id: entryRow, ...entry } = stored;
  const before = yield* firstRow(findTaskPolicyRow(row));
  yield* replaceTaskPolicy(row, context);
  // Another revision: whether agents are told of the entry at all depends on this.
  yield* replaceEntry(entryRow, entry, { ...entry, revision_number: entry.revision_number + 1 }, context);
  if (row.is_task_only === 1 && before?.is_task_only !== 1) {
    yield* revokeCredentials({ entryId: row.entry_id, isOutsideTasks: true }, entryTaskOnly, context);
  }
  return row;
}
