import type { Seconds, UnixSeconds } from '../time.ts';

/** How long a revocation is kept beyond its end. */
const MARGIN: Seconds = 3600;

/**
 * Tells which revocations may be forgotten, on a machine whose clock may be set.
 *
 * A clock that is set ahead for a moment must not make anybody forget what is refused: when it is set back, it would be
 * accepted again. So what counts is the earlier of the clock and the time that has passed since the first look at it, less an
 * hour.
 */
export class RevocationRetention {
  readonly #offsetMs: number;

  /**
   * @param nowMs - Unix milliseconds.
   * @param monotonicMs - at the same moment.
   */
  constructor(nowMs: number, monotonicMs: number) {
    this.#offsetMs = nowMs - monotonicMs;
  }

  /** What has expired at this time may be forgotten. */
  forgettableAt(nowMs: number, monotonicMs: number): UnixSeconds {
    const passedMs = this.#offsetMs + monotonicMs;
    return Math.floor(Math.min(nowMs, passedMs) / 1000) - MARGIN;
  }
}
