import type { Clock } from '@signet/core';

interface Entry {
  readonly dueMs: number;
  readonly run: () => void;
}

/** Time that stands still until told to pass. As in a machine, timers do not follow the wall clock when it is set. */
export class FakeTime implements Clock {
  #passedMs = 0;
  #wallMs: number;
  readonly #timers = new Set<Entry>();
  #scheduled: (() => void)[] = [];

  constructor(nowSeconds: number) {
    this.#wallMs = nowSeconds * 1000;
  }

  nowMs(): number {
    return this.#wallMs + this.#passedMs;
  }

  /** Lets time pass; timers that are due by then wait for `fireNext`. */
  pass(seconds: number): void {
    this.#passedMs += seconds * 1000;
  }

  /** Sets the wall clock forward, or back. */
  set(seconds: number): void {
    this.#wallMs += seconds * 1000;
  }

  readonly after = (delayMs: number, run: () => void): { cancel(): void } => {
    const entry = { dueMs: this.#passedMs + delayMs, run };
    this.#timers.add(entry);
    for (const tell of this.#scheduled.splice(0)) tell();
    return { cancel: () => void this.#timers.delete(entry) };
  };

  /** Moves to the earliest timer, fires all that are due then, and waits until each task has set its next one. */
  async fireNext(): Promise<void> {
    this.#passedMs = Math.max(this.#passedMs, Math.min(...[...this.#timers].map(({ dueMs }) => dueMs)));
    const due = [...this.#timers].filter(({ dueMs }) => dueMs <= this.#passedMs);
    for (const timer of due) {
      this.#timers.delete(timer);
      const rescheduled = new Promise<void>((resolve) => this.#scheduled.push(resolve));
      timer.run();
      await rescheduled;
    }
  }

  /** Lets time pass and fires what is due, without waiting for anything. */
  fireDueSync(seconds: number): void {
    this.pass(seconds);
    const due = [...this.#timers].filter(({ dueMs }) => dueMs <= this.#passedMs);
    for (const timer of due) {
      this.#timers.delete(timer);
      timer.run();
    }
  }
}
