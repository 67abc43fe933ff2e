import type { Connection } from './connection.ts';

/** What is counted together. */
interface Count {
  calls: number;
}

/** Counts the calls that are open, of each peer and of all, those of strangers apart: each takes memory until it ends. */
export class CallCount {
  readonly #byPeer = new Map<string, Count>();
  readonly #ofAll: Count = { calls: 0 };
  readonly #ofStrangers: Count = { calls: 0 };

  /** Counts one call more. @returns whether it may begin; then `leave` must follow when it is over. */
  enter(connection: Connection): boolean {
    const { limits, isStranger } = connection;
    const [all, ofPeer, mostOfAll, mostOfPeer] = isStranger
      ? [this.#ofStrangers, this.#of(connection), limits.maxStrangersCalls, limits.maxStrangersCallsPerPeer]
      : [this.#ofAll, this.#of(connection), limits.maxCalls, limits.maxCallsPerPeer];
    if (all.calls >= mostOfAll || ofPeer.calls >= mostOfPeer) return false;
    all.calls += 1;
    ofPeer.calls += 1;
    this.#byPeer.set(keyOf(connection), ofPeer);
    return true;
  }

  leave(connection: Connection): void {
    const ofPeer = this.#of(connection);
    ofPeer.calls -= 1;
    (connection.isStranger ? this.#ofStrangers : this.#ofAll).calls -= 1;
    if (ofPeer.calls <= 0) this.#byPeer.delete(keyOf(connection));
  }

  #of(connection: Connection): Count {
    return this.#byPeer.get(keyOf(connection)) ?? { calls: 0 };
  }
}

function keyOf({ share, isStranger }: Connection): string {
  return isStranger ? `stranger ${share}` : share;
}
