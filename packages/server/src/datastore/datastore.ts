import type { AgentStore } from './agent-store.ts';
import type { BundleStore } from './bundle-store.ts';
import type { CaJournalStore } from './ca-journal-store.ts';
import type { ChangeLog } from './change-log.ts';
import type { EntryStore } from './entry-store.ts';
import type { JoinTokenStore } from './join-token-store.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { RevocationStore } from './revocation-store.ts';
import type { TaskStore } from './task-store.ts';

/**
 * All stores of one database.
 *
 * A write that resolved is durable. Any method may also fail with {StoreError} `ERR_STORE_UNAVAILABLE` (the database
 * cannot be reached or refused the I/O; nothing was acknowledged) or `ERR_STORE_CLOSED`.
 */
export interface Datastore {
  readonly entries: EntryStore;
  readonly agents: AgentStore;
  readonly joinTokens: JoinTokenStore;
  readonly bundles: BundleStore;
  readonly caJournals: CaJournalStore;
  readonly changes: ChangeLog;
  readonly ledger: LedgerStore;
  readonly revocations: RevocationStore;
  readonly tasks: TaskStore;
  /** Random ID that the database got when it was made. */
  readonly id: string;
  /** How often the database was opened, this time included. Lower than what was seen before: an old backup was restored. */
  readonly epoch: number;
  /** Finishes the writes under way, then lets the database go. */
  close(): Promise<void>;
}
