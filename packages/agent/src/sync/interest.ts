/** Which entries workloads are waiting for or watching, counted. */
export class Interest {
  readonly #counts = new Map<string, number>();

  /** The IDs with at least one watcher. */
  ids(): ReadonlySet<string> {
    return new Set(this.#counts.keys());
  }

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  add(entryIds: Iterable<string>): void {
    for (const id of entryIds) this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
  }

  remove(entryIds: Iterable<string>): void {
    for (const id of entryIds) {
      const left = (this.#counts.get(id) ?? 0) - 1;
      if (left > 0) this.#counts.set(id, left);
      else this.#counts.delete(id);
    }
  }
}
