import { jittered } from './jitter.ts';

/** Delays that grow from failure to failure. */
export interface Backoff {
  /** The next delay in milliseconds, with jitter; never above the maximum. */
  next(): number;
  /** Back to the first delay, after a success. */
  reset(): void;
}

/** How delays grow. */
export interface BackoffOptions {
  readonly initialMs: number;
  readonly maxMs: number;
  /** growth from one to the next; default 2. */
  readonly factor?: number;
  /** share of spread; default 0.2. */
  readonly jitter?: number;
}

/** Exponential backoff: initial, initial × factor, … up to the maximum. */
export function backoff({ initialMs, maxMs, factor = 2, jitter = 0.2 }: BackoffOptions): Backoff {
  let nextMs = initialMs;
  return {
    next() {
      const delayMs = Math.min(jittered(nextMs, jitter), maxMs);
      nextMs = Math.min(nextMs * factor, maxMs);
      return delayMs;
    },
    reset() {
      nextMs = initialMs;
    },
  };
}
