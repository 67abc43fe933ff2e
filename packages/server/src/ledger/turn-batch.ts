interface Turn<Item> {
  readonly items: Item[];
  readonly done: Promise<void>;
}

/** Gathers what comes in one turn of the event loop, and hands it on at the turn's end, all at once. */
export class TurnBatch<Item> {
  readonly #handOn: (items: readonly Item[]) => void | Promise<void>;
  #turn: Turn<Item> | undefined;

  constructor(handOn: (items: readonly Item[]) => void | Promise<void>) {
    this.#handOn = handOn;
  }

  /** Adds items; settles as the turn they are of does. */
  add(items: readonly Item[]): Promise<void> {
    this.#turn ??= this.#begin();
    this.#turn.items.push(...items);
    return this.#turn.done;
  }

  /** Resolves when the turn under way is over, however it ended. */
  async over(): Promise<void> {
    await this.#turn?.done.catch(() => undefined);
  }

  #begin(): Turn<Item> {
    const items: Item[] = [];
    const turnEnd = new Promise<void>((resolve) => setImmediate(resolve));
    const done = turnEnd.then(() => {
      this.#turn = undefined;
      return this.#handOn(items);
    });
    return { items, done };
  }
}
