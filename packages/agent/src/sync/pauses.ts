import { monotonicMs } from '@signet/daemon';

/** How long something that failed is left alone. */
export interface PauseLimits {
  /** after the first failure; each further one doubles it. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** how many keys are remembered; default: any number, which the caller bounds by `retain`. */
  readonly keys?: number;
}

interface Pause {
  readonly until: number;
  readonly pauseMs: number;
}

/** What failed lately, each with a pause that doubles until it is tried again. A clock that is set changes no pause. */
export class Pauses<Key> {
  readonly #limits: PauseLimits;
  readonly #nowMs: () => number;
  readonly #pauses = new Map<Key, Pause>();

  /** @param nowMs - monotonic. */
  constructor(limits: PauseLimits, nowMs: () => number = monotonicMs) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Whether the key is not to be tried yet. */
  isOn(key: Key): boolean {
    return (this.#pauses.get(key)?.until ?? -Infinity) > this.#nowMs();
  }

  /** The keys that are not to be tried yet. */
  keysOn(): ReadonlySet<Key> {
    return new Set([...this.#pauses.keys()].filter((key) => this.isOn(key)));
  }

  /** Begins a pause. What was tried before it began and fails during it adds nothing. */
  failed(key: Key): void {
    if (this.isOn(key)) return;
    const { firstMs, longestMs, keys = Infinity } = this.#limits;
    const before = this.#pauses.get(key)?.pauseMs;
    const pauseMs = before === undefined ? firstMs : Math.min(before * 2, longestMs);
    this.#pauses.delete(key);
    this.#pauses.set(key, { until: this.#nowMs() + pauseMs, pauseMs });
    const [oldest] = this.#pauses.keys();
    if (this.#pauses.size > keys) this.#pauses.delete(oldest as Key);
  }

  succeeded(key: Key): void {
    this.#pauses.delete(key);
  }

  /** Forgets keys that are not in the table. */
  retain(table: ReadonlyMap<Key, unknown>): void {
    for (const key of this.#pauses.keys()) if (!table.has(key)) this.#pauses.delete(key);
  }
}
