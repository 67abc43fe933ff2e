import { monotonicMs } from '@signet/daemon';
import { lived } from '../lived.ts';

/** A wait that others can cut short. Used by one that waits, again and again. */
export class Alarm {
  #isRung = false;
  #dueAtMs = Infinity;
  #reconsider: () => void = () => undefined;

  /** Whether it rang since the last wait. */
  get isRung(): boolean {
    return this.#isRung;
  }

  /** Ends the wait now; the next one, when nobody waits. */
  ring(): void {
    this.#isRung = true;
    this.#reconsider();
  }

  /** Ends the wait in this time at the latest. */
  notLaterThan(delayMs: number): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, monotonicMs() + delayMs);
    this.#reconsider();
  }

  /** Waits; false as soon as the signal aborts. */
  async wait(delayMs: number, signal: AbortSignal): Promise<boolean> {
    this.#dueAtMs = monotonicMs() + delayMs;
    for (
      let left = delayMs;
      left > 0 && !this.#isRung && !signal.aborted;
      left = this.#dueAtMs - monotonicMs()
    ) {
      const changed = new AbortController();
      this.#reconsider = () => changed.abort();
      await lived(left, AbortSignal.any([signal, changed.signal]));
    }
    this.#reconsider = () => undefined;
    this.#isRung = false;
    return !signal.aborted;
  }
}
