import { type Clock, RateLimitError, type RateLimitErrorCode } from '@signet/core';
import { TokenBucket } from './token-bucket.ts';

/** A bucket that nobody used for one to two of these periods is dropped, milliseconds. */
const GENERATION_MS = 60_000;
/** Buckets of one generation; more peers than this in a minute start a new generation early. */
const MAX_BUCKETS = 65_536;
/** The longest a call may queue for its turn, milliseconds: what its open stream costs us is bounded by it. */
const MAX_WAIT_MS = 120_000;

/** What a limiter has to know of the call that asks. */
export interface RateLimitCall {
  /** The key of the bucket: the peer's IP address. */
  readonly peer: string;
  /** Tokens asked for. */
  readonly count: number;
  /** When the call's own deadline comes, by the limiter's clock; Infinity without one. */
  readonly deadlineMs: number;
  readonly life: { readonly signal: AbortSignal };
}

/** One limit for every peer: takes the tokens, waiting for them when need be. */
export interface RateLimiter {
  /**
   * @throws {RateLimitError} `ERR_RATE_BURST_EXCEEDED` more tokens asked than can ever be there.
   * @throws {RateLimitError} `ERR_RATE_LIMITED` the deadline of the call comes before its turn.
   * @throws the reason of the signal, when the call ends while it waits.
   */
  take(call: RateLimitCall): Promise<void>;
}

/** Waits until the time is over or the signal fires; throws the signal's reason. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * A token bucket per peer: `limit` tokens a second, `limit` at once.
 *
 * Its clock should be one that never jumps: only intervals count.
 */
export class PerPeerRateLimiter implements RateLimiter {
  readonly #limit: number;
  readonly #clock: Clock;
  readonly #sleep: Sleep;
  #current = new Map<string, TokenBucket>();
  #previous = new Map<string, TokenBucket>();
  #generationEndsMs: number;

  constructor(limit: number, clock: Clock, sleep: Sleep) {
    this.#limit = limit;
    this.#clock = clock;
    this.#sleep = sleep;
    this.#generationEndsMs = clock.nowMs() + GENERATION_MS;
  }

  async take(call: RateLimitCall): Promise<void> {
    if (call.count > this.#limit) {
      throw exhausted('ERR_RATE_BURST_EXCEEDED', `rate (${call.count}) exceeds burst size (${this.#limit})`);
    }
    const nowMs = this.#clock.nowMs();
    const patienceMs = Math.min(call.deadlineMs - nowMs, MAX_WAIT_MS);
    const reservation = this.#bucketOf(call.peer, nowMs).reserve(call.count, nowMs, patienceMs);
    if (reservation === undefined) {
      throw exhausted(
        'ERR_RATE_LIMITED',
        `the wait for ${call.count} tokens would exceed the deadline of the call`,
      );
    }
    if (reservation.waitMs === 0) return;
    await this.#wait(reservation.waitMs, call.life.signal, () => reservation.cancel());
  }

  async #wait(waitMs: number, signal: AbortSignal, onAbort: () => void): Promise<void> {
    try {
      await this.#sleep(waitMs, signal);
    } catch (cause) {
      onAbort();
      throw cause;
    }
  }

  #bucketOf(peer: string, nowMs: number): TokenBucket {
    if (nowMs >= this.#generationEndsMs || this.#current.size >= MAX_BUCKETS) this.#startGeneration(nowMs);
    const bucket = this.#current.get(peer) ?? this.#previous.get(peer) ?? new TokenBucket(this.#limit, nowMs);
    this.#current.set(peer, bucket);
    return bucket;
  }

  #startGeneration(nowMs: number): void {
    this.#previous = this.#current;
    this.#current = new Map();
    this.#generationEndsMs = nowMs + GENERATION_MS;
  }
}

function exhausted(code: RateLimitErrorCode, message: string): RateLimitError {
  return new RateLimitError(code, message);
}
