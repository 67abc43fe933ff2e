/** A map that holds at most `capacity` items and lets go of the one that was not used for longest. */
export class LruMap<Key, Value> {
  readonly #items = new Map<Key, Value>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#items.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#items.get(key);
    if (value === undefined) return undefined;
    this.#items.delete(key);
    this.#items.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#items.delete(key);
    this.#items.set(key, value);
    if (this.#items.size <= this.#capacity) return;
    const [oldest] = this.#items.keys();
    this.#items.delete(oldest as Key);
  }

  delete(key: Key): boolean {
    return this.#items.delete(key);
  }

  entries(): IterableIterator<[Key, Value]> {
    return this.#items.entries();
  }

  clear(): void {
    this.#items.clear();
  }
}
