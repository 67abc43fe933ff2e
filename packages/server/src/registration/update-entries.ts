import { type RegistrationEntry, type SignetError } from '@signet/core';
import { type EntryStore, type EntryUpdate } from '../datastore/entry-store.ts';
import { withPrefix } from '../error-text.ts';

/** What became of one update. */
export type UpdateEntryResult =
  | { readonly entry: RegistrationEntry; readonly error?: undefined }
  | { readonly entry?: undefined; readonly error: SignetError };

/**
 * Replaces fields of entries; every accepted update raises the revision, also one that changes nothing.
 *
 * @returns one result per update, in order. Errors: `ERR_NOT_FOUND`, `ERR_ENTRY_*`, `ERR_ALREADY_EXISTS`,
 *   `ERR_STORE_FEDERATED_BUNDLE`.
 * @spec spire-server-api §6 BatchUpdateEntry
 */
export async function updateEntries(
  updates: readonly EntryUpdate[],
  store: Pick<EntryStore, 'update'>,
): Promise<readonly UpdateEntryResult[]> {
  const outcomes = await store.update(updates);
  return outcomes.map((outcome) =>
    outcome.outcome === 'updated'
      ? { entry: outcome.entry }
      : { error: withPrefix('failed to update entry', outcome.error) as SignetError },
  );
}
