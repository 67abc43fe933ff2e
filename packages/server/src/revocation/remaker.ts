import type { Timer } from '@signet/daemon';

/** How work is repeated. */
export interface RemakerDeps {
  readonly after: (delayMs: number, run: () => void) => Timer;
  readonly nowMs: () => number;
  /** Makes things anew. @returns when they are due again at the latest, milliseconds from now. */
  readonly make: () => Promise<number>;
  readonly onFailure: (error: unknown) => void;
}

/** Changes gather for this long, so that many of them are one piece of work. */
const DEBOUNCE_MS = 50;
/** Of all time, this part at most goes into making, however often something changes. */
const MAX_SHARE = 0.2;
const RETRY_MS = 1_000;

/** Makes something anew when it is asked to, and before it gets too old; never twice at once. */
export class Remaker {
  readonly #deps: RemakerDeps;
  #timer: Timer | undefined;
  #dueMs = Infinity;
  #isAsked = false;
  #notBeforeMs = 0;
  #running: Promise<void> | undefined;
  #isClosed = false;

  constructor(deps: RemakerDeps) {
    this.#deps = deps;
  }

  /** Soon, and not at once: more may come. */
  ask(): void {
    this.#isAsked = true;
    const earliest = Math.max(this.#deps.nowMs() + DEBOUNCE_MS, this.#notBeforeMs);
    if (this.#running === undefined) this.#plan(earliest);
  }

  /** Now, and again whenever it is due. What is being made already may not know of what it was begun for. */
  async start(): Promise<void> {
    await this.#running;
    await this.#run();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.#running;
  }

  /** An earlier time than what is planned takes its place; a later one is dropped. */
  #plan(atMs: number): void {
    if (this.#isClosed || atMs >= this.#dueMs) return;
    this.#timer?.cancel();
    this.#dueMs = atMs;
    this.#timer = this.#deps.after(Math.max(0, atMs - this.#deps.nowMs()), () => void this.#run());
  }

  #run(): Promise<void> {
    this.#running ??= this.#makeOnce().finally(() => {
      this.#running = undefined;
      if (this.#isAsked) this.ask();
    });
    return this.#running;
  }

  async #makeOnce(): Promise<void> {
    this.#timer?.cancel();
    this.#dueMs = Infinity;
    this.#isAsked = false;
    const begunMs = this.#deps.nowMs();
    const dueMs = await this.#deps.make().catch((error: unknown) => {
      this.#deps.onFailure(error);
      return RETRY_MS;
    });
    const endedMs = this.#deps.nowMs();
    this.#notBeforeMs = endedMs + (endedMs - begunMs) * (1 / MAX_SHARE - 1);
    this.#plan(endedMs + dueMs);
  }
}
