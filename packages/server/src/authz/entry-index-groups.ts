/**
 * Values by key, several per key. A lone value is held without a set around it: most parents and IDs have one.
 */
export class Groups<Value extends object> {
  readonly #groups = new Map<string, Value | Set<Value>>();

  has(key: string): boolean {
    return this.#groups.has(key);
  }

  /** The values of the key, in the order they came. */
  get(key: string): Iterable<Value> {
    const group = this.#groups.get(key);
    if (group === undefined) return [];
    return group instanceof Set ? group : [group];
  }

  /** How many values the key has. */
  size(key: string): number {
    const group = this.#groups.get(key);
    if (group === undefined) return 0;
    return group instanceof Set ? group.size : 1;
  }

  add(key: string, value: Value): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, value);
    else if (group instanceof Set) group.add(value);
    else this.#groups.set(key, new Set([group, value]));
  }

  delete(key: string, value: Value): void {
    const group = this.#groups.get(key);
    if (group === value) this.#groups.delete(key);
    if (!(group instanceof Set)) return;
    group.delete(value);
    const [last] = group;
    if (group.size === 1 && last !== undefined) this.#groups.set(key, last);
  }
}
