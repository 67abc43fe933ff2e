import { createEntry, type EntryWriteOutcome, type NewEntryRow } from './entry-writes.ts';
import type { Steps } from './steps.ts';
import { replaceTaskPolicy } from './task-policy-writes.ts';
import type { TaskPolicyRow } from './task-rows.ts';
import type { WriteContext } from './write-context.ts';

/** Creates an entry together with what it says of tasks. @see TaskStore.createEntry */
export function* createTaskEntry(
  input: { entry: NewEntryRow; policy: Omit<TaskPolicyRow, 'entry_id'> },
  context: WriteContext,
): Steps<EntryWriteOutcome> {
  const outcome = yield* createEntry(input.entry, context);
  if (outcome.outcome === 'created') {
    yield* replaceTaskPolicy({ ...input.policy, entry_id: outcome.row.id }, context);
  }
  return outcome;
}
