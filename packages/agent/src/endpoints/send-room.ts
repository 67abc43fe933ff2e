/** Begins to send; `giveBack` is called when the message has left, or will not any more. */
export type Send = (giveBack: () => void) => void;

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
}

interface Account {
  held: number;
  readonly waiting: Set<Waiting>;
}

/**
 * Room for messages that are on their way, for each user: what peers have not taken yet is held in memory, once for each
 * stream. Whoever finds no room waits for it, in order.
 */
export class SendRoom {
  readonly #bytesPerUser: number;
  readonly #accounts = new Map<string, Account>();

  constructor(bytesPerUser: number) {
    this.#bytesPerUser = bytesPerUser;
  }

  /** What is held for a user now. */
  held(user: string): number {
    return this.#accounts.get(user)?.held ?? 0;
  }

  /**
   * Sends when there is room; a message that is larger than all of it goes alone.
   *
   * @returns gives the room back; before there was any, gives up waiting for it.
   */
  take(user: string, bytes: number, send: Send): () => void {
    const account = this.#accounts.get(user) ?? { held: 0, waiting: new Set() };
    this.#accounts.set(user, account);
    let isHeld = false;
    let isOver = false;
    const giveBack = (): void => {
      if (isOver) return;
      isOver = true;
      if (isHeld) account.held -= bytes;
      else account.waiting.delete(waiting);
      this.#admit(user, account);
    };
    const begin = (): void => {
      isHeld = true;
      account.held += bytes;
      send(giveBack);
    };
    const waiting = { bytes, begin };
    account.waiting.add(waiting);
    this.#admit(user, account);
    return giveBack;
  }

  #admit(user: string, account: Account): void {
    for (const waiting of account.waiting) {
      if (account.held > 0 && account.held + waiting.bytes > this.#bytesPerUser) return;
      account.waiting.delete(waiting);
      waiting.begin();
    }
    if (account.held === 0 && account.waiting.size === 0) this.#accounts.delete(user);
  }
}
