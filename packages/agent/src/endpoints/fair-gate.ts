import { RateLimitError } from '@signet/core';

/** How much work is let through at once, and how much may wait. */
export interface FairGateLimits {
  readonly atOnce: number;
  /** per key. */
  readonly waiting: number;
}

/**
 * Lets a bounded amount of work run at once, and takes turns between the keys that wait: however much one of them asks
 * for, the next key waits behind one piece of its work only.
 */
export class FairGate<Key> {
  readonly #limits: FairGateLimits;
  readonly #queues = new Map<Key, (() => void)[]>();
  #running = 0;

  constructor(limits: FairGateLimits) {
    this.#limits = limits;
  }

  /**
   * Does the work when it is the key's turn.
   *
   * @throws {RateLimitError} `ERR_RATE_LIMITED` when too much of this key waits already; what `work` throws.
   */
  async run<T>(key: Key, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#limits.atOnce) this.#running += 1;
    else await this.#turn(key);
    try {
      return await work();
    } finally {
      this.#passOn();
    }
  }

  #turn(key: Key): Promise<void> {
    const queue = this.#queues.get(key) ?? [];
    if (queue.length >= this.#limits.waiting) {
      throw new RateLimitError('ERR_RATE_LIMITED', 'too many requests of this user are waiting');
    }
    this.#queues.set(key, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  /** Gives the place of finished work to the key whose turn it is. */
  #passOn(): void {
    const [next] = this.#queues;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    const [key, queue] = next;
    const admit = queue.shift();
    // Behind all others, if there is more of it.
    this.#queues.delete(key);
    if (queue.length > 0) this.#queues.set(key, queue);
    admit?.();
  }
}
