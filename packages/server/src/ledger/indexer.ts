import { after, type Logger } from '@signet/daemon';
import type { LedgerStore } from '../datastore/ledger-store.ts';
import type { Backlog } from './backlog.ts';

/** Records in one transaction, about 15 ms of the datastore's time: others are to be written in between. */
const MAX_PART = 1000;

/** How long records gather before they are handed over, milliseconds: a large part costs a third of many small ones. */
const GATHER_MS = 500;

/** How many records are not kept waiting for that. */
const MANY = 5000;

const RETRY_MS = 250;

/** What the indexer works with. */
export interface IndexerDeps {
  readonly store: Pick<LedgerStore, 'append'>;
  readonly backlog: Backlog;
  readonly logger: Pick<Logger, 'error' | 'info'>;
  /** Called after each part that the datastore took over. */
  readonly onIndexed: () => void;
  /** Called when `isFailing` turned. */
  readonly onTurn: () => void;
}

/** Hands what is journaled over to the datastore, in order, until it has taken it. */
export class Indexer {
  readonly #deps: IndexerDeps;
  readonly #waiting: { readonly upTo: number; readonly resolve: () => void }[] = [];
  #journaled = 0;
  #indexed = 0;
  #running: Promise<void> | undefined;
  #isPlanned = false;
  #isStopped = false;
  #isFailing = false;

  constructor(deps: IndexerDeps) {
    this.#deps = deps;
  }

  /** Whether the datastore refused the last part. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Takes note of records that were added to the backlog. */
  journaled(count: number): void {
    this.#journaled += count;
    if (this.#deps.backlog.size >= MANY) this.hurry();
    else if (!this.#isPlanned && this.#running === undefined) {
      this.#isPlanned = true;
      after(GATHER_MS, () => this.hurry());
    }
  }

  /** Resolves when everything that is journaled by now is in the datastore. */
  flushed(): Promise<void> {
    if (this.#indexed >= this.#journaled) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ upTo: this.#journaled, resolve });
      this.hurry();
    });
  }

  /** Hands over what there is without waiting for more. */
  hurry(): void {
    this.#isPlanned = false;
    if (this.#running !== undefined || this.#isStopped) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Ends after the part that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (;;) {
      const part = this.#isStopped ? undefined : this.#deps.backlog.oldest(MAX_PART);
      if (part === undefined) return;
      try {
        await this.#deps.store.append(part);
        this.#done(part.records.length);
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  #done(count: number): void {
    this.#deps.backlog.drop(count);
    this.#indexed += count;
    while ((this.#waiting[0]?.upTo ?? Infinity) <= this.#indexed) this.#waiting.shift()?.resolve();
    this.#deps.onIndexed();
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#deps.logger.info('The datastore takes over the ledger again');
    this.#deps.onTurn();
  }

  async #failed(error: unknown): Promise<void> {
    // Once, not four times a second.
    if (!this.#isFailing) {
      this.#isFailing = true;
      this.#deps.logger.error('The datastore does not take over the ledger', { error });
      this.#deps.onTurn();
    }
    await new Promise<void>((resolve) => after(RETRY_MS, resolve));
  }
}
