import { monotonicMs } from '@signet/daemon';

/** How many tasks one user may begin. */
export interface AllowanceLimits {
  readonly perSecond: number;
  /** at once after a rest. */
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const MOST_USERS = 4_096;

/** Tasks cost the server a record each, and their ends a revocation: how often users may begin them is bounded. */
export class BeginAllowance {
  readonly #limits: AllowanceLimits;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param nowMs - monotonic. */
  constructor(limits: AllowanceLimits, nowMs: () => number = monotonicMs) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Takes one. @returns false when the user has none left. */
  take(user: string): boolean {
    const { perSecond, burst } = this.#limits;
    const nowMs = this.#nowMs();
    const bucket = this.#buckets.get(user) ?? { tokens: burst, filledAtMs: nowMs };
    const earned = ((nowMs - bucket.filledAtMs) / 1000) * perSecond;
    bucket.tokens = Math.min(burst, bucket.tokens + earned);
    bucket.filledAtMs = nowMs;
    // Behind those that were seen longer ago.
    this.#buckets.delete(user);
    this.#buckets.set(user, bucket);
    if (this.#buckets.size > MOST_USERS) this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
