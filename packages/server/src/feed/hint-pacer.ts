import { after } from '@signet/daemon';

/** How fast something is told to many. */
export interface Pace {
  /** In one go. */
  readonly atOnce: number;
  /** From one go to the next, milliseconds. */
  readonly everyMs: number;
}

/** Something that waits to be told. */
export interface Waking {
  wake(): void;
}

/**
 * Wakes those that have news: the first ones at once, many of them one after the other, each once however often it is
 * asked for meanwhile.
 */
export class HintPacer {
  readonly #pace: Pace;
  readonly #schedule: (delayMs: number, run: () => void) => void;
  readonly #waiting = new Set<Waking>();
  #isRunning = false;

  constructor(pace: Pace, schedule: (delayMs: number, run: () => void) => void = after) {
    this.#pace = pace;
    this.#schedule = schedule;
  }

  add(waiting: Waking): void {
    this.#waiting.add(waiting);
    if (this.#isRunning) return;
    this.#isRunning = true;
    // Not in the commit itself: what the same batch brings for the same agent belongs to the same message.
    this.#schedule(0, () => this.#go());
  }

  /** It is gone, or knows already. */
  remove(waiting: Waking): void {
    this.#waiting.delete(waiting);
  }

  #go(): void {
    let left = this.#pace.atOnce;
    for (const waiting of this.#waiting) {
      if (left === 0) break;
      left -= 1;
      this.#waiting.delete(waiting);
      waiting.wake();
    }
    this.#isRunning = left < this.#pace.atOnce;
    if (this.#isRunning) this.#schedule(this.#pace.everyMs, () => this.#go());
  }
}
