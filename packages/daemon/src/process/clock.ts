import type { Clock } from '@signet/core';

/** The machine's wall clock; for validity and log times only. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** Milliseconds that only go forward, from an arbitrary start; for every interval. */
export function monotonicMs(): number {
  return performance.now();
}
