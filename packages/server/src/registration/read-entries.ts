import { type RegistrationEntry, SignetError } from '@signet/core';
import { type EntryFilter, type EntryStore } from '../datastore/entry-store.ts';
import { type Page, type PageRequest } from '../datastore/page.ts';
import { prefixingErrors } from '../error-text.ts';

/** @throws {SignetError} `ERR_INVALID_ARGUMENT` no ID; `ERR_NOT_FOUND`. */
export async function getEntry(id: string, store: Pick<EntryStore, 'get'>): Promise<RegistrationEntry> {
  if (id === '') throw new SignetError('ERR_INVALID_ARGUMENT', 'missing ID');
  const entry = await prefixingErrors('failed to fetch entry', store.get(id));
  if (entry === undefined) throw new SignetError('ERR_NOT_FOUND', 'entry not found');
  return entry;
}

/** Entries that pass the filter. @throws {StoreError} with `failed to list entries: …`. */
export function listEntries(
  filter: EntryFilter,
  page: PageRequest,
  store: Pick<EntryStore, 'list'>,
): Promise<Page<RegistrationEntry>> {
  return prefixingErrors('failed to list entries', store.list(filter, page));
}

/** How many entries pass the filter. @throws {StoreError} with `failed to count entries: …`. */
export function countEntries(filter: EntryFilter, store: Pick<EntryStore, 'count'>): Promise<number> {
  return prefixingErrors('failed to count entries', store.count(filter));
}
