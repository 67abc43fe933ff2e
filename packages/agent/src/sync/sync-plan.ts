/** What decides when the next synchronization starts. */
export interface SyncPace {
  readonly intervalMs: number;
  /** the same while the server tells of changes by itself, and the last synchronization was good. */
  readonly pushedIntervalMs: number;
  readonly isPushed: boolean;
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
 * tenth more or less; never long while there is nothing to hand out and nobody tells when there is.
 *
 * @spec SPIRE server API §13, sync loop
 */
export function nextSyncMs(pace: SyncPace): number {
  const { intervalMs, pushedIntervalMs, isPushed, failures, draw } = pace;
  return spread(isPushed && failures === 0 ? pushedIntervalMs : polledMs(intervalMs, pace), draw);
}

function polledMs(intervalMs: number, { failures, hasSvids }: SyncPace): number {
  const longest = Math.min(LONGEST_MS, LONGEST_INTERVALS * intervalMs);
  const grown = Math.min(intervalMs * FACTOR ** failures, Math.max(longest, intervalMs));
  return hasSvids ? grown : Math.min(grown, EMPTY_HANDED_MS);
}

function spread(pauseMs: number, draw: number): number {
  return pauseMs * (1 + JITTER * (2 * draw - 1));
}

/**
 * How long an agent that has lost the feed may go on without asking, in milliseconds: one to two intervals, so that those
 * that lost it together do not ask together.
 */
export function firstPollMs(intervalMs: number, draw: number): number {
  return intervalMs * (1 + draw);
}
