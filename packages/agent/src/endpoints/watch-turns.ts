/** How many are told in one turn of the event loop. */
const PER_TURN = 64;

/** Runs the same for many, a few in each turn of the event loop: so that however many there are, all else goes on. */
export class WatchTurns<Item extends { beat(): void }> {
  readonly #due = new Set<Item>();
  #isRunning = false;

  add(item: Item): void {
    this.#due.add(item);
    if (this.#isRunning) return;
    this.#isRunning = true;
    setImmediate(() => this.#turn());
  }

  remove(item: Item): void {
    this.#due.delete(item);
  }

  #turn(): void {
    let left = PER_TURN;
    for (const item of this.#due) {
      if (left-- === 0) break;
      this.#due.delete(item);
      item.beat();
    }
    this.#isRunning = this.#due.size > 0;
    if (this.#isRunning) setImmediate(() => this.#turn());
  }
}
