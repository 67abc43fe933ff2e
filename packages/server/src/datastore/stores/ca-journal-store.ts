import type { CaJournalStore } from '../ca-journal-store.ts';
import type { OperationCaller } from '../sql/operations.ts';

/** The CA journal store over its operations. */
export function createCaJournalStore(caller: OperationCaller): CaJournalStore {
  return {
    load: (serverId) => caller.call('caJournals.load', { serverId }),
    save: (serverId, data, expectedVersion) =>
      caller.call('caJournals.save', { serverId, data: new Uint8Array(data), expectedVersion }),
    prune: (before) => caller.call('caJournals.prune', { before }),
  };
}
