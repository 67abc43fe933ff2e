import type { Clock } from '@signet/core';

interface Entry {
  readonly dueMs: number;
  readonly run: () => void;
}

/** A clock that stands still until told to move, and the timers that hang on it. */
export class FakeTime implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Entry>();
  #scheduled: (() => void)[] = [];

  constructor(nowSeconds: number) {
    this.#nowMs = nowSeconds * 1000;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Moves the clock without looking at timers, as a wall clock that is set. */
  jump(seconds: number): void {
    this.#nowMs += seconds * 1000;
  }

  readonly after = (delayMs: number, run: () => void): { cancel(): void } => {
    const entry = { dueMs: this.#nowMs + delayMs, run };
    this.#timers.add(entry);
    for (const tell of this.#scheduled.splice(0)) tell();
    return { cancel: () => void this.#timers.delete(entry) };
  };

  /** Milliseconds until the earliest timer. */
  nextDelayMs(): number {
    return Math.min(...[...this.#timers].map(({ dueMs }) => dueMs)) - this.#nowMs;
  }

  /** Moves to the earliest timer, fires all that are due then, and waits until each task has set its next one. */
  async fireNext(): Promise<void> {
    this.#nowMs = Math.max(this.#nowMs, Math.min(...[...this.#timers].map(({ dueMs }) => dueMs)));
    const due = [...this.#timers].filter(({ dueMs }) => dueMs <= this.#nowMs);
    for (const timer of due) {
      this.#timers.delete(timer);
      const rescheduled = new Promise<void>((resolve) => this.#scheduled.push(resolve));
      timer.run();
      await rescheduled;
    }
  }
}
