import type { LedgerStore } from '../ledger-store.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { decodeLedgerRow, encodeLedgerFilter } from './ledger-codec.ts';
import { pruneInPortions } from './prune-in-portions.ts';

/** The ledger over its operations. */
export function createLedgerStore(caller: OperationCaller): LedgerStore {
  return {
    append: (part) => caller.call('ledger.append', part),
    journals: async () => {
      const rows = await caller.call('ledger.journals', undefined);
      return new Map(rows.map(({ name, indexed_bytes }) => [name, indexed_bytes]));
    },
    forgetJournal: (name) => caller.call('ledger.forgetJournal', { name }),
    latest: () => caller.call('ledger.latest', undefined),
    find: async (filter, page) => {
      const input = { filter: encodeLedgerFilter(filter), page };
      const { rows, nextPageToken } = await caller.call('ledger.find', input);
      return { items: rows.map(decodeLedgerRow), nextPageToken };
    },
    prune: (expiredBefore) =>
      pruneInPortions((limit) => caller.call('ledger.prune', { expiredBefore, limit })),
  };
}
