import type { RegistrationEntry } from '@signet/core';
import type { Metrics } from '@signet/daemon';

type Entries = ReadonlyMap<string, RegistrationEntry>;

/** How many entries a synchronization brought, took away or changed. */
export interface EntryChanges {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** What differs between two tables of entries; an entry that did not change is the same object in both. */
export function entryChanges(before: Entries, now: Entries): EntryChanges {
  if (before === now) return { added: 0, removed: 0, changed: 0 };
  const kept = [...now].filter(([id]) => before.has(id));
  return {
    added: now.size - kept.length,
    removed: before.size - kept.length,
    changed: kept.filter(([id, entry]) => before.get(id) !== entry).length,
  };
}

/** Records them, under SPIRE's names. */
export function recordEntryChanges(
  { added, removed, changed }: EntryChanges,
  now: Entries,
  metrics: Metrics,
): void {
  metrics.gauge(['sync_entries_total'], now.size);
  metrics.gauge(['sync_entries_missing'], added);
  metrics.gauge(['sync_entries_stale'], changed);
  metrics.gauge(['sync_entries_dropped'], removed);
  metrics.count(['lru_cache_entry_add'], added);
  metrics.count(['lru_cache_entry_update'], changed);
  metrics.count(['lru_cache_entry_remove'], removed);
  metrics.gauge(['lru_cache_record_map_size'], now.size);
}
