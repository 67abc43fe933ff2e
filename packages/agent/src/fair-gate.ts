import { RateLimitError } from '@signet/core';

/** How much work is let through at once, and how much may wait. */
export interface FairGateLimits {
  readonly atOnce: number;
  /** of these for one key; default: all. */
  readonly atOncePerKey?: number;
  /** begun in one turn of the event loop; default: any number. */
  readonly perTurn?: number;
  /** per key. */
  readonly waiting: number;
}

/**
 * Lets a bounded amount of work run at once, and takes turns between the keys that wait: however much one of them asks
 * for, the next key waits behind one piece of its work only, and behind none while places are kept from it.
 *
 * Work that never waits for anything would be done as one long piece, and nobody else would as much as be heard until its
 * end. `perTurn` has it done a little at a time.
 */
export class FairGate<Key> {
  readonly #limits: Required<FairGateLimits>;
  readonly #queues = new Map<Key, (() => void)[]>();
  readonly #runningOf = new Map<Key, number>();
  #running = 0;
  #begunThisTurn = 0;

  constructor(limits: FairGateLimits) {
    this.#limits = { atOncePerKey: limits.atOnce, perTurn: Infinity, ...limits };
  }

  /**
   * Does the work when it is the key's turn.
   *
   * @throws {RateLimitError} `ERR_RATE_LIMITED` when too much of this key waits already; what `work` throws.
   */
  async run<T>(key: Key, work: () => Promise<T>): Promise<T> {
    if (this.#hasPlace() && this.#mayRun(key)) this.#enter(key);
    else await this.#turn(key);
    try {
      return await work();
    } finally {
      this.#leave(key);
    }
  }

  #hasPlace(): boolean {
    return this.#running < this.#limits.atOnce && this.#begunThisTurn < this.#limits.perTurn;
  }

  #mayRun(key: Key): boolean {
    return (this.#runningOf.get(key) ?? 0) < this.#limits.atOncePerKey;
  }

  #enter(key: Key): void {
    this.#running += 1;
    this.#runningOf.set(key, (this.#runningOf.get(key) ?? 0) + 1);
    if (this.#limits.perTurn === Infinity) return;
    if (this.#begunThisTurn === 0) setImmediate(() => this.#nextTurn());
    this.#begunThisTurn += 1;
  }

  #nextTurn(): void {
    this.#begunThisTurn = 0;
    this.#admit();
  }

  #turn(key: Key): Promise<void> {
    const queue = this.#queues.get(key) ?? [];
    if (queue.length >= this.#limits.waiting) {
      throw new RateLimitError('ERR_RATE_LIMITED', 'too many requests of this user are waiting');
    }
    this.#queues.set(key, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  #leave(key: Key): void {
    this.#running -= 1;
    const left = (this.#runningOf.get(key) ?? 1) - 1;
    if (left > 0) this.#runningOf.set(key, left);
    else this.#runningOf.delete(key);
    this.#admit();
  }

  /** Gives the places that are free to the keys whose turn it is. */
  #admit(): void {
    while (this.#hasPlace() && this.#admitNext());
  }

  #admitNext(): boolean {
    for (const [key, queue] of this.#queues) {
      if (!this.#mayRun(key)) continue;
      const start = queue.shift();
      // Behind all others, if there is more of it.
      this.#queues.delete(key);
      if (queue.length > 0) this.#queues.set(key, queue);
      this.#enter(key);
      start?.();
      return true;
    }
    return false;
  }
}
