interface Due {
  readonly id: string;
  readonly at: number;
}

/** Dead entries that are not worth tidying. */
const SLACK = 1024;

/** Names with a time each; gives those whose time has come. A binary heap: what is replaced stays in it until then. */
export class DueQueue {
  readonly #times = new Map<string, number>();
  #heap: Due[] = [];

  get size(): number {
    return this.#times.size;
  }

  /** Sets the time of a name, in place of an earlier one. */
  set(id: string, at: number): void {
    this.#times.set(id, at);
    this.#heap.push({ id, at });
    this.#rise(this.#heap.length - 1);
    if (this.#heap.length > 2 * this.#times.size + SLACK) this.#compact();
  }

  delete(id: string): void {
    this.#times.delete(id);
  }

  /** Takes out up to `limit` names whose time has come, earliest first. */
  take(now: number, limit: number): readonly string[] {
    const taken: string[] = [];
    while (taken.length < limit) {
      const first = this.#heap[0];
      if (first === undefined || first.at > now) break;
      this.#pop();
      if (this.#times.get(first.id) !== first.at) continue;
      this.#times.delete(first.id);
      taken.push(first.id);
    }
    return taken;
  }

  /** What is replaced or deleted may be due in a day only. */
  #compact(): void {
    // In order of time: a sorted list is a heap.
    const held = [...this.#times].map(([id, at]) => ({ id, at })).toSorted((a, b) => a.at - b.at);
    this.#heap = held;
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(start: number): void {
    for (let at = start; at > 0;) {
      const above = (at - 1) >> 1;
      if (this.#timeAt(above) <= this.#timeAt(at)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  #sink(start: number): void {
    for (let at = start; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = this.#timeAt(right) < this.#timeAt(left) ? right : left;
      if (this.#timeAt(least) >= this.#timeAt(at)) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #timeAt(at: number): number {
    return this.#heap[at]?.at ?? Infinity;
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}
