/**
 * A map of groups that holds at most `capacity` items in all. When there are too many, a group that has more than its
 * share lets go of the item that it did not use for longest: however much one group puts in, the others keep theirs.
 */
export class FairLruMap<Value> {
  readonly #groups = new Map<string, Map<string, Value>>();
  readonly #capacity: number;
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  get(group: string, key: string): Value | undefined {
    const items = this.#groups.get(group);
    const value = items?.get(key);
    if (items === undefined || value === undefined) return undefined;
    items.delete(key);
    items.set(key, value);
    return value;
  }

  set(group: string, key: string, value: Value): void {
    this.delete(group, key);
    const items = this.#groups.get(group) ?? new Map<string, Value>();
    this.#groups.set(group, items);
    items.set(key, value);
    this.#size += 1;
    if (this.#size > this.#capacity) this.#letGo();
  }

  delete(group: string, key: string): boolean {
    const items = this.#groups.get(group);
    if (items?.delete(key) !== true) return false;
    this.#size -= 1;
    if (items.size === 0) this.#groups.delete(group);
    return true;
  }

  /** Deletes the items that are unwanted. @returns how many they were. */
  deleteWhere(isUnwanted: (value: Value) => boolean): number {
    const before = this.#size;
    for (const [group, items] of this.#groups) {
      for (const [key, value] of items) if (isUnwanted(value)) this.delete(group, key);
    }
    return before - this.#size;
  }

  clear(): void {
    this.#groups.clear();
    this.#size = 0;
  }

  #letGo(): void {
    const share = this.#capacity / this.#groups.size;
    for (const [group, items] of this.#groups) {
      if (items.size <= share) continue;
      const [oldest] = items.keys();
      this.delete(group, oldest as string);
      return;
    }
  }
}
