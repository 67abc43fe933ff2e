/** Items of several owners, who take turns: however many one of them has, the next owner waits behind one of these only. */
export class Turns<Owner, Item> {
  readonly #queues = new Map<Owner, Item[]>();

  sizeOf(owner: Owner): number {
    return this.#queues.get(owner)?.length ?? 0;
  }

  add(owner: Owner, item: Item): void {
    const queue = this.#queues.get(owner) ?? [];
    queue.push(item);
    this.#queues.set(owner, queue);
  }

  /** Returns an item that was taken: the owner has to wait for its turn again, the item is its first then. */
  putBack(owner: Owner, item: Item): void {
    const queue = this.#queues.get(owner);
    if (queue === undefined) this.#queues.set(owner, [item]);
    else queue.unshift(item);
  }

  /** The first item of the owner whose turn it is. */
  take(): Item | undefined {
    const [next] = this.#queues;
    if (next === undefined) return undefined;
    const [owner, queue] = next;
    const item = queue.shift();
    // Behind all others, if there is more of it.
    this.#queues.delete(owner);
    if (queue.length > 0) this.#queues.set(owner, queue);
    return item;
  }

  takeAll(): readonly Item[] {
    const all = [...this.#queues.values()].flat();
    this.#queues.clear();
    return all;
  }
}
