import { after, type Timer } from '@signet/daemon';

/**
 * The end of the time that a piece of work has.
 *
 * Most work is done long before and never asks: the signal is made when somebody does.
 */
export class Deadline {
  readonly #timer: Timer;
  readonly #listeners: (() => void)[] = [];
  #controller: AbortController | undefined;
  #passed = false;

  constructor(delayMs: number) {
    this.#timer = after(delayMs, () => this.#pass());
  }

  /** Aborts when the time is over. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#passed) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** What the work gives; when the time is over first, it is not waited for. @throws what `late` gives, then. */
  bound<T>(work: Promise<T>, late: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#listeners.push(() => reject(late()));
      work.then(resolve, reject);
    });
  }

  /** The work is done: nothing happens any more. */
  cancel(): void {
    this.#timer.cancel();
  }

  #pass(): void {
    this.#passed = true;
    this.#controller?.abort();
    for (const listener of this.#listeners) listener();
  }
}
