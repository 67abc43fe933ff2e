import { SignetError } from '@signet/core';
import { type EntryStore } from '../datastore/entry-store.ts';

/**
 * Deletes entries by ID.
 *
 * @returns for each ID, in order, undefined when it was deleted, else `ERR_INVALID_ARGUMENT` or `ERR_NOT_FOUND`.
 * @spec spire-server-api §6 BatchDeleteEntry
 */
export async function deleteEntries(
  ids: readonly string[],
  store: Pick<EntryStore, 'delete'>,
): Promise<readonly (SignetError | undefined)[]> {
  const existed = await store.delete(ids.filter((id) => id !== ''));
  const remaining = existed.values();
  return ids.map((id) => {
    if (id === '') return new SignetError('ERR_INVALID_ARGUMENT', 'missing entry ID');
    return remaining.next().value === true ? undefined : new SignetError('ERR_NOT_FOUND', 'entry not found');
  });
}
