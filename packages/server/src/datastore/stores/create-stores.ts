import type { Datastore } from '../datastore.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { createAgentStore } from './agent-store.ts';
import { createBundleStore } from './bundle-store.ts';
import { createCaJournalStore } from './ca-journal-store.ts';
import { createChangeLog, type CommitListeners } from './change-log.ts';
import { EntryDecoder } from './entry-codec.ts';
import { createEntryStore } from './entry-store.ts';
import { createJoinTokenStore } from './join-token-store.ts';
import { createLedgerStore } from './ledger-store.ts';
import { createRevocationStore } from './revocation-store.ts';
import { createTaskStore } from './task-store.ts';

/** Every store, over whatever runs the operations. */
export function createStores(
  caller: OperationCaller,
  commits: CommitListeners,
): Omit<Datastore, 'id' | 'epoch' | 'close'> {
  const decoder = new EntryDecoder();
  return {
    entries: createEntryStore(caller, decoder),
    agents: createAgentStore(caller),
    joinTokens: createJoinTokenStore(caller),
    bundles: createBundleStore(caller),
    caJournals: createCaJournalStore(caller),
    changes: createChangeLog(caller, commits, decoder),
    ledger: createLedgerStore(caller),
    revocations: createRevocationStore(caller),
    tasks: createTaskStore(caller, decoder),
  };
}
