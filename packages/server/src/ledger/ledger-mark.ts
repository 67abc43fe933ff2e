import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '@signet/daemon';
import type { LedgerStore } from '../datastore/ledger-store.ts';

/**
 * How far the datastore had got when journal files were deleted, in a file beside them: an older backup of the datastore
 * has not got there, and what it lacks is in no journal any more.
 */
export class LedgerMark {
  readonly #path: string;
  readonly #store: Pick<LedgerStore, 'latest'>;
  #marked: number;
  #isLacking: boolean;

  private constructor(path: string, store: Pick<LedgerStore, 'latest'>, marked: number, latest: number) {
    this.#path = path;
    this.#store = store;
    this.#marked = marked;
    this.#isLacking = marked > latest;
  }

  /**
   * To be opened before anything is added to the datastore.
   *
   * @throws {StoreError} `ERR_STORE_*`. @throws {Error} of the operating system.
   */
  static async open(path: string, store: Pick<LedgerStore, 'latest'>): Promise<LedgerMark> {
    return new LedgerMark(path, store, await read(path), await store.latest());
  }

  /** Whether the datastore lacks records that it had: it is an older one. */
  get isLacking(): boolean {
    return this.#isLacking;
  }

  /** Notes how far the datastore has got; durable when it resolves. @throws what {@link LedgerMark.open} throws. */
  async note(): Promise<void> {
    const latest = await this.#store.latest();
    // What is lacking is noted by somebody else first.
    if (!this.#isLacking && latest > this.#marked) await this.#write(latest);
  }

  /** What is lacking has been noted elsewhere: the datastore counts as it is. @throws as {@link LedgerMark.note}. */
  async accept(): Promise<void> {
    if (!this.#isLacking) return;
    await this.#write(await this.#store.latest());
    this.#isLacking = false;
  }

  async #write(position: number): Promise<void> {
    await writeFileAtomic(this.#path, `${position}\n`);
    this.#marked = position;
  }
}

/** What cannot be read counts as beyond all that there is. */
async function read(path: string): Promise<number> {
  try {
    const text = await readFile(path, 'utf8');
    return /^\d{1,15}\n$/.test(text) ? Number(text) : Infinity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
