import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '@signet/daemon';
import { entryMap, testEntry } from '../testdata/entries.ts';
import { entryChanges, recordEntryChanges } from './entry-changes.ts';

const [a, b, c] = [testEntry('a'), testEntry('b'), testEntry('c')];

describe('entryChanges', () => {
  it.each([
    ['nothing', entryMap(a, b), entryMap(a, b), { added: 0, removed: 0, changed: 0 }],
    ['the first entries', entryMap(), entryMap(a, b), { added: 2, removed: 0, changed: 0 }],
    ['all kinds', entryMap(a, b), entryMap(testEntry('b'), c), { added: 1, removed: 1, changed: 1 }],
    ['the end of all', entryMap(a, b), entryMap(), { added: 0, removed: 2, changed: 0 }],
  ])('counts %s', (_, before, now, expected) => {
    expect(entryChanges(before, now)).toEqual(expected);
  });

  it('is told under the names of SPIRE, from the first synchronization on', async () => {
    const metrics = createMetrics({ prefix: 'spire_agent', hostLabel: false, runtime: false });
    recordEntryChanges({ added: 2, removed: 0, changed: 1 }, entryMap(a, b), metrics);
    recordEntryChanges({ added: 0, removed: 1, changed: 0 }, entryMap(a), metrics);
    const lines = (await metrics.expose()).split('\n').filter((line) => /^[a-z]/.test(line));
    expect(lines.sort()).toEqual([
      'spire_agent_lru_cache_entry_add 2',
      'spire_agent_lru_cache_entry_remove 1',
      'spire_agent_lru_cache_entry_update 1',
      'spire_agent_lru_cache_record_map_size 1',
      'spire_agent_sync_entries_dropped 1',
      'spire_agent_sync_entries_missing 0',
      'spire_agent_sync_entries_stale 0',
      'spire_agent_sync_entries_total 1',
    ]);
    metrics.close();
  });
});
