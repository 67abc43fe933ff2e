/** Tokens that come back with time: what somebody may do at once, and in the long run. */
export class Allowance {
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #filledAtMs: number;

  /**
   * @param most - how many there are at first, and at most.
   * @param perSecond - how many come back.
   * @param nowMs - monotonic, as in all methods.
   */
  constructor(most: number, perSecond: number, nowMs: number) {
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
    this.#filledAtMs = nowMs;
  }

  /** Takes tokens when they are there. @returns whether they were. */
  take(count: number, nowMs: number): boolean {
    if (this.left(nowMs) < count) return false;
    this.#left -= count;
    return true;
  }

  /** Takes tokens whether they are there or not; what is missing must come back first. */
  spend(count: number, nowMs: number): void {
    this.#left = this.left(nowMs) - count;
  }

  /** Gives back what was taken for nothing. */
  giveBack(count: number): void {
    this.#left = Math.min(this.#most, this.#left + count);
  }

  /** How many there are; below zero after too much was spent. */
  left(nowMs: number): number {
    const earned = ((nowMs - this.#filledAtMs) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#most, this.#left + earned);
    this.#filledAtMs = nowMs;
    return this.#left;
  }

  isFull(nowMs: number): boolean {
    return this.left(nowMs) >= this.#most;
  }
}
