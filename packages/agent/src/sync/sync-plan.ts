/** What decides when the next synchronization starts. */
export interface SyncPace {
  readonly intervalMs: number;
  /** failed synchronizations since the last good one. */
  readonly failures: number;
  /** whether there is anything to hand out meanwhile. */
  readonly hasSvids: boolean;
  /** in [0, 1). */
  readonly draw: number;
}

const JITTER = 0.1;
const FACTOR = 1.5;
const LONGEST_MS = 8 * 60_000;
const LONGEST_INTERVALS = 48;
const EMPTY_HANDED_MS = 5_000;

/**
 * How long to wait until the next synchronization, in milliseconds: the interval, longer by half after each failure, a
 * tenth more or less; never long while there is nothing to hand out.
 *
 * @spec SPIRE server API §13, sync loop
 */
export function nextSyncMs({ intervalMs, failures, hasSvids, draw }: SyncPace): number {
  const longest = Math.min(LONGEST_MS, LONGEST_INTERVALS * intervalMs);
  const grown = Math.min(intervalMs * FACTOR ** failures, Math.max(longest, intervalMs));
  const pause = hasSvids ? grown : Math.min(grown, EMPTY_HANDED_MS);
  return pause * (1 + JITTER * (2 * draw - 1));
}
