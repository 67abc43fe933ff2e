/** How many pieces of work go on at once. */
export interface PlaceLimits {
  readonly total: number;
  readonly perKey: number;
}

interface Waiting<Key> {
  readonly key: Key;
  readonly start: () => void;
}

/** Lets a few pieces of work go on at once, and of those of one key fewer still: if they never end, others go on. */
export class Places<Key> {
  readonly #limits: PlaceLimits;
  readonly #taken = new Map<Key, number>();
  readonly #waiting = new Set<Waiting<Key>>();
  #total = 0;

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  /** Does the work as soon as there is a place, which it holds to its end. */
  async run<T>(key: Key, work: () => Promise<T>): Promise<T> {
    if (this.#isFree(key)) this.#take(key);
    else await new Promise<void>((start) => this.#waiting.add({ key, start }));
    try {
      return await work();
    } finally {
      this.#leave(key);
    }
  }

  #isFree(key: Key): boolean {
    return this.#total < this.#limits.total && (this.#taken.get(key) ?? 0) < this.#limits.perKey;
  }

  #take(key: Key): void {
    this.#total += 1;
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
  }

  #leave(key: Key): void {
    this.#total -= 1;
    const left = (this.#taken.get(key) ?? 1) - 1;
    if (left > 0) this.#taken.set(key, left);
    else this.#taken.delete(key);
    for (const waiting of this.#waiting) {
      if (!this.#isFree(waiting.key)) continue;
      this.#waiting.delete(waiting);
      this.#take(waiting.key);
      waiting.start();
      return;
    }
  }
}
