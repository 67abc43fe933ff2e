/** Counts what is held, in all and by user. */
export class Shares {
  readonly #limits: { readonly total: number; readonly perUser: number };
  readonly #perUser = new Map<string, number>();
  #total = 0;

  constructor(total: number, perUser: number) {
    this.#limits = { total, perUser };
  }

  /** Takes one. @returns gives it back, once; undefined when there is none left. */
  take(user: string): (() => void) | undefined {
    const ofUser = this.#perUser.get(user) ?? 0;
    if (this.#total >= this.#limits.total || ofUser >= this.#limits.perUser) return undefined;
    this.#total += 1;
    this.#perUser.set(user, ofUser + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.#giveBack(user);
      isHeld = false;
    };
  }

  #giveBack(user: string): void {
    this.#total -= 1;
    const left = (this.#perUser.get(user) ?? 1) - 1;
    if (left > 0) this.#perUser.set(user, left);
    else this.#perUser.delete(user);
  }
}
