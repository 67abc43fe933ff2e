const SHORTEST_MS = 500;
const FIRST_MS = 1_500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before the next try to open the feed, milliseconds: drawn evenly from half a second up to three times
 * the last wait, ten seconds at most. Agents that lost their server together drift apart with each try.
 *
 * @param lastMs - the wait before this one; undefined for the first.
 * @param draw - in [0, 1).
 */
export function reconnectPauseMs(lastMs: number | undefined, draw: number): number {
  const most = Math.min(LONGEST_MS, lastMs === undefined ? FIRST_MS : 3 * lastMs);
  return SHORTEST_MS + draw * Math.max(0, most - SHORTEST_MS);
}
