import { StoreError } from '@signet/core';
import type { CreateEntryOutcome, EntryStore, UpdateEntryOutcome } from '../entry-store.ts';
import type { EntryWriteOutcome } from '../sql/entry-writes.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { encodeEntryFilter, encodeFields, encodeNewEntry, type EntryDecoder } from './entry-codec.ts';

/** The entry store over its operations. */
export function createEntryStore(caller: OperationCaller, decoder: EntryDecoder): EntryStore {
  return {
    create: async (entries) => {
      const outcomes = await caller.call('entries.create', entries.map(encodeNewEntry));
      return outcomes.map((outcome) => decodeCreated(outcome, decoder));
    },
    get: async (id) => {
      const row = await caller.call('entries.get', { id });
      return row && decoder.decode(row);
    },
    list: async (filter, page) => {
      const input = { filter: encodeEntryFilter(filter), page };
      const { rows, nextPageToken } = await caller.call('entries.list', input);
      return { items: rows.map((row) => decoder.decode(row)), nextPageToken };
    },
    count: async (filter) => caller.call('entries.count', { filter: encodeEntryFilter(filter) }),
    update: async (updates) => {
      const input = updates.map(({ id, fields }) => ({ id, columns: encodeFields(fields) }));
      const outcomes = await caller.call('entries.update', input);
      return outcomes.map((outcome) => decodeOutcome(outcome, decoder) as UpdateEntryOutcome);
    },
    delete: (ids) => caller.call('entries.delete', ids),
    expired: (at, limit) => caller.call('entries.expired', { at, limit }),
    deleteExpired: (ids, at) => caller.call('entries.deleteExpired', { ids, at }),
  };
}

/** What became of an entry that was to be created. */
export function decodeCreated(outcome: EntryWriteOutcome, decoder: EntryDecoder): CreateEntryOutcome {
  return decodeOutcome(outcome, decoder) as CreateEntryOutcome;
}

function decodeOutcome(
  outcome: EntryWriteOutcome,
  decoder: EntryDecoder,
): CreateEntryOutcome | UpdateEntryOutcome {
  if (outcome.outcome === 'refused') {
    const { code, message } = outcome.refusal;
    return { outcome: 'refused', error: new StoreError(code, message) };
  }
  return { outcome: outcome.outcome, entry: decoder.decode(outcome.row) };
}
