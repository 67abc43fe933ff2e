import { type UnixSeconds } from '@signet/core';
import { type EntryStore } from '../datastore/entry-store.ts';

/** Entries removed in one transaction, so that others are written in between. */
const PORTION = 500;

/** Deletes the entries that expired before a time, and with them what was issued for them; how many entries. */
export async function pruneExpiredEntries(
  at: UnixSeconds,
  store: Pick<EntryStore, 'expired' | 'deleteExpired'>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const ids = await store.expired(at, PORTION);
    const deleted = await store.deleteExpired(ids, at);
    if (deleted === 0) return total;
    total += deleted;
  }
}
