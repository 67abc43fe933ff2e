import { after, type Timer } from '@signet/daemon';

/** A timer that is set and stopped again and again. */
export class Countdown {
  readonly #delayMs: number;
  readonly #run: () => void;
  #timer: Timer | undefined;

  constructor(delayMs: number, run: () => void) {
    this.#delayMs = delayMs;
    this.#run = run;
  }

  start(): void {
    this.stop();
    this.#timer = after(this.#delayMs, this.#run);
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
