import type { Metrics } from '@signet/daemon';
import type { SyncOutcome } from './journal-syncer.ts';

/** What the ledger tells of itself. */
export interface LedgerMetrics {
  /** So many credentials were journaled. */
  journaled(count: number): void;
  /** So many are not in the datastore yet. */
  backlog(size: number): void;
  synced(outcome: SyncOutcome): void;
}

/** The ledger's metrics: `ledger_journaled`, `ledger_backlog`, `ledger_sync` with its elapsed time. */
export function ledgerMetrics(metrics: Metrics): LedgerMetrics {
  const journaled = metrics.series('counter', ['ledger', 'journaled']);
  const backlog = metrics.series('gauge', ['ledger', 'backlog']);
  const sync = metrics.callCounter(['ledger', 'sync']);
  return {
    journaled: (count) => journaled.record(count),
    backlog: (size) => backlog.record(size),
    synced: ({ elapsedMs, error }) => sync.observe(error === undefined ? OK : UNAVAILABLE, elapsedMs),
  };
}

const OK = 0;
const UNAVAILABLE = 14;
