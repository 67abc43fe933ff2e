import type { UnixSeconds } from './time.ts';

/** Where the current time comes from. Core never asks by itself: time reaches it as an argument. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
}

/** The clock's time in whole seconds, rounded down. */
export function nowSeconds(clock: Clock): UnixSeconds {
  return Math.floor(clock.nowMs() / 1000);
}
