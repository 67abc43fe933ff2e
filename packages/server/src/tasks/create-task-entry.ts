import type { RegistrationEntry, TaskPolicy } from '@signet/core';
import type { TaskStore } from '../datastore/task-store.ts';
import { createEntries, type EntryToCreate } from '../registration/create-entries.ts';

/**
 * Creates an entry together with what it says of tasks.
 *
 * @throws {SignetError} as `createEntries`; `ERR_ENTRY_SIMILAR_EXISTS`, and the similar entry stays as it is.
 */
export async function createTaskEntry(
  entry: EntryToCreate,
  policy: TaskPolicy,
  tasks: Pick<TaskStore, 'createEntry'>,
): Promise<RegistrationEntry> {
  const create = (plans: readonly EntryToCreate[]) =>
    Promise.all(plans.map((plan) => tasks.createEntry(plan, policy)));
  const [result] = await createEntries([entry], { create });
  if (result === undefined) throw new TypeError('no result for the entry');
  if (result.error !== undefined) throw result.error;
  return result.entry;
}
