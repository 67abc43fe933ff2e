/** Callbacks for one kind of event. One that throws disturbs neither the others nor whoever notifies. */
export class Listeners<Args extends readonly unknown[]> {
  readonly #callbacks = new Map<symbol, (...args: Args) => void>();

  /** How many there are. */
  get size(): number {
    return this.#callbacks.size;
  }

  /** Adds one. Returns how to remove it. */
  add(callback: (...args: Args) => void): () => void {
    const key = Symbol('listener');
    this.#callbacks.set(key, callback);
    return () => void this.#callbacks.delete(key);
  }

  notify(...args: Args): void {
    for (const callback of [...this.#callbacks.values()]) {
      try {
        callback(...args);
      } catch (error) {
        // The program's own mistake: it surfaces as it would from any event handler.
        process.nextTick(() => {
          throw error;
        });
      }
    }
  }

  clear(): void {
    this.#callbacks.clear();
  }
}
