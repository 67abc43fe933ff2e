import type { Logger } from '@signet/daemon';
import type { LedgerStore } from '../datastore/ledger-store.ts';
import type { LedgerMark } from './ledger-mark.ts';
import type { Segment } from './segment-file.ts';

/** What retiring works with. */
export interface RetiredSegmentsDeps {
  readonly store: Pick<LedgerStore, 'forgetJournal'>;
  readonly mark: Pick<LedgerMark, 'note'>;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Journal files that nothing more is written to: each is deleted when the datastore has all that it holds. */
export class RetiredSegments {
  readonly #deps: RetiredSegmentsDeps;
  #segments: readonly Segment[] = [];
  #deleting: Promise<unknown> = Promise.resolve();

  constructor(deps: RetiredSegmentsDeps) {
    this.#deps = deps;
  }

  /** @param oldestJournal - as in {@link indexedUpTo}. */
  add(segment: Segment, oldestJournal: string | undefined): void {
    this.#segments = [...this.#segments, segment];
    this.indexedUpTo(oldestJournal);
  }

  /** @param oldestJournal - file of the oldest record that is not in the datastore; names sort by age. */
  indexedUpTo(oldestJournal: string | undefined): void {
    if (this.#segments.length === 0) return;
    const isDone = ({ name }: Segment): boolean => oldestJournal === undefined || name < oldestJournal;
    const done = this.#segments.filter(isDone);
    this.#segments = this.#segments.filter((segment) => !isDone(segment));
    for (const segment of done) this.#deleting = this.#deleting.then(() => this.#delete(segment));
  }

  /** Waits for what is being deleted; lets go of the other files, which the next start takes over. */
  async close(): Promise<void> {
    await this.#deleting;
    await Promise.all(this.#segments.map((segment) => segment.sync().then(() => segment.close())));
  }

  async #delete(segment: Segment): Promise<void> {
    const { mark } = this.#deps;
    try {
      const isNoted = await mark.note().then(
        () => true,
        () => false,
      );
      await segment.delete();
      // There may be room for it now.
      if (!isNoted) await mark.note();
      await this.#deps.store.forgetJournal(segment.name);
    } catch (error) {
      // The next start finds that all of it is in the datastore, and deletes it.
      this.#deps.logger.warn('Could not delete a journal file of the ledger', {
        journal: segment.name,
        error,
      });
    }
  }
}
