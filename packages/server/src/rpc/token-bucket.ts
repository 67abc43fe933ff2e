/** What one reservation costs its caller. */
export interface Reservation {
  /** How long the caller has to wait for its tokens, milliseconds; 0 when they are there. */
  readonly waitMs: number;
  /** Gives the tokens back, as far as nobody behind has been promised a later turn because of them. */
  cancel(): void;
}

/**
 * A token bucket that lets callers queue for tokens: rate per second and burst are the same figure.
 *
 * Tokens may go below zero; the debt is what later callers wait for, so turns are given in order of arrival.
 */
export class TokenBucket {
  readonly limit: number;
  #tokens: number;
  #updatedMs: number;
  #reserved = 0;

  constructor(limit: number, nowMs: number) {
    this.limit = limit;
    this.#tokens = limit;
    this.#updatedMs = nowMs;
  }

  /**
   * Reserves `count` tokens when they can be had within `patienceMs`.
   *
   * @param count - 0 or more and at most the limit; the caller checks the limit because the text of that refusal is its own.
   * @returns undefined, with nothing taken, when the wait would be longer than `patienceMs`.
   */
  reserve(count: number, nowMs: number, patienceMs: number): Reservation | undefined {
    this.#refill(nowMs);
    const waitMs = Math.max(0, ((count - this.#tokens) / this.limit) * 1000);
    if (waitMs > patienceMs) return undefined;
    this.#tokens -= count;
    this.#reserved += count;
    const mark = this.#reserved;
    return { waitMs, cancel: () => this.#giveBack(count - (this.#reserved - mark)) };
  }

  #refill(nowMs: number): void {
    const elapsedMs = Math.max(0, nowMs - this.#updatedMs);
    this.#updatedMs = Math.max(nowMs, this.#updatedMs);
    this.#tokens = Math.min(this.limit, this.#tokens + (elapsedMs / 1000) * this.limit);
  }

  #giveBack(count: number): void {
    if (count > 0) this.#tokens = Math.min(this.limit, this.#tokens + count);
  }
}
