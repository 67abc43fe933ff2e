import { type RegistrationEntry, SignetError, validateEntryForUpdate } from '@signet/core';
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
  store: Pick<EntryStore, 'get' | 'update'>,
): Promise<readonly UpdateEntryResult[]> {
  const plans = await Promise.all(updates.map((update) => planUpdate(update, store)));
  const outcomes = await store.update(plans.flatMap((plan) => (plan instanceof SignetError ? [] : [plan])));
  const remaining = outcomes.values();
  return plans.map((plan): UpdateEntryResult => {
    if (plan instanceof SignetError) return { error: failed(plan) };
    const outcome = remaining.next().value;
    if (outcome === undefined) throw new TypeError('the store answered fewer updates than it was given');
    return outcome.outcome === 'updated' ? { entry: outcome.entry } : { error: failed(outcome.error) };
  });
}

// The rules look at fields together, so those that the update leaves alone come from the stored entry.
async function planUpdate(
  update: EntryUpdate,
  store: Pick<EntryStore, 'get'>,
): Promise<EntryUpdate | SignetError> {
  const { selectors, storeSvid, x509SvidTtl, jwtSvidTtl } = update.fields;
  const isComplete = selectors !== undefined && storeSvid !== undefined;
  const stored = isComplete ? undefined : await store.get(update.id);
  if (!isComplete && stored === undefined) return new SignetError('ERR_NOT_FOUND', 'entry not found');
  try {
    validateEntryForUpdate({
      selectors: selectors ?? stored?.selectors ?? [],
      storeSvid: storeSvid ?? stored?.storeSvid ?? false,
      x509SvidTtl: x509SvidTtl ?? 0,
      jwtSvidTtl: jwtSvidTtl ?? 0,
    });
    return update;
  } catch (error) {
    if (error instanceof SignetError) return error;
    throw error;
  }
}

function failed(error: SignetError): SignetError {
  return withPrefix('failed to update entry', error) as SignetError;
}
