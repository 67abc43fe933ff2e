import { delay, monotonicMs } from '@signet/daemon';

/** How often something may be done. */
export interface PaceLimits {
  /** in the long run. */
  readonly perSecond: number;
  /** at once after a rest. */
  readonly burst: number;
}

/** Lets things happen at a bounded rate, in the order in which they asked. */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #nowMs: () => number;
  #tokens: number;
  #filledAtMs: number;

  /** @param nowMs - monotonic. */
  constructor(limits: PaceLimits, nowMs: () => number = monotonicMs) {
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#tokens = limits.burst;
    this.#filledAtMs = nowMs();
  }

  /** Resolves when it may be done. */
  async take(): Promise<void> {
    const waitMs = this.reserve();
    if (waitMs > 0) await delay(waitMs);
  }

  /** Takes the next place. @returns how long until then, in milliseconds. */
  reserve(): number {
    const { perSecond, burst } = this.#limits;
    const nowMs = this.#nowMs();
    const earned = ((nowMs - this.#filledAtMs) / 1000) * perSecond;
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(burst, this.#tokens + earned) - 1;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / perSecond) * 1000;
  }
}
