import { randomUUID } from 'node:crypto';
import { type RegistrationEntry, SignetError, validateEntryForCreate } from '@signet/core';
import { type EntryFields, type EntryStore } from '../datastore/entry-store.ts';
import { withPrefix } from '../error-text.ts';

/** An entry as a request describes it; '' as ID lets the server choose. */
export interface EntryToCreate extends EntryFields {
  readonly id: string;
}

/** What became of one entry. A similar entry that exists already comes with the error. */
export type CreateEntryResult =
  | { readonly entry: RegistrationEntry; readonly error?: undefined }
  | { readonly entry?: RegistrationEntry; readonly error: SignetError };

/**
 * Creates entries, each on its own.
 *
 * @returns one result per entry, in order. Errors: `ERR_ENTRY_*`, `ERR_ALREADY_EXISTS`, `ERR_STORE_FEDERATED_BUNDLE`,
 *   and `ERR_ENTRY_SIMILAR_EXISTS` with the entry that is there.
 * @spec spire-server-api §6 BatchCreateEntry
 */
export async function createEntries(
  entries: readonly EntryToCreate[],
  store: Pick<EntryStore, 'create'>,
): Promise<readonly CreateEntryResult[]> {
  const plans = entries.map(planEntry);
  const outcomes = await store.create(plans.flatMap((plan) => (plan instanceof SignetError ? [] : [plan])));
  const remaining = outcomes.values();
  return plans.map((plan): CreateEntryResult => {
    if (plan instanceof SignetError) return { error: failed(plan) };
    const outcome = remaining.next().value;
    if (outcome === undefined) throw new TypeError('the store answered fewer entries than it was given');
    if (outcome.outcome === 'created') return { entry: outcome.entry };
    if (outcome.outcome === 'refused') return { error: failed(outcome.error) };
    return {
      entry: outcome.entry,
      error: new SignetError('ERR_ENTRY_SIMILAR_EXISTS', 'similar entry already exists'),
    };
  });
}

function planEntry(entry: EntryToCreate): EntryToCreate | SignetError {
  const withId = entry.id === '' ? { ...entry, id: randomUUID() } : entry;
  try {
    validateEntryForCreate(withId);
    return withId;
  } catch (error) {
    if (error instanceof SignetError) return error;
    throw error;
  }
}

function failed(error: SignetError): SignetError {
  return withPrefix('failed to create entry', error) as SignetError;
}
