import { StoreError } from '@signet/core';
import { parseLedgerRecord } from '../../datastore/ledger-record-text.ts';
import type { JournalPart, LedgerRecord, LedgerStore } from '../../datastore/ledger-store.ts';

/** The part of a ledger store that the journal feeds, in memory; it can be held up and made to fail. */
export class MemoryLedgerStore implements LedgerStore {
  readonly records: LedgerRecord[] = [];
  readonly indexed = new Map<string, number>();
  /** What `append` throws, as long as it is set. */
  failure: StoreError | undefined;
  #held: Promise<void> = Promise.resolve();

  /** Holds `append` up until the result is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return () => release();
  }

  async append({ journal, from, to, records }: JournalPart): Promise<void> {
    await this.#held;
    if (this.failure !== undefined) throw this.failure;
    const indexed = this.indexed.get(journal) ?? from;
    if (indexed >= to) return;
    if (indexed !== from) throw new StoreError('ERR_ABORTED', 'not the next part');
    this.records.push(...records.map(parseLedgerRecord));
    this.indexed.set(journal, to);
  }

  journals(): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map(this.indexed));
  }

  forgetJournal(name: string): Promise<void> {
    this.indexed.delete(name);
    return Promise.resolve();
  }

  latest(): Promise<number> {
    return Promise.resolve(this.records.length);
  }

  find(): never {
    throw new TypeError('not part of this store');
  }

  prune(): never {
    throw new TypeError('not part of this store');
  }

  /** What was recorded, by serial or jti. */
  get credentials(): readonly string[] {
    return this.records.map(({ credential }) => credential);
  }
}
