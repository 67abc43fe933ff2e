import { after, ensurePrivateDirectory, type Logger, type Metrics } from '@signet/daemon';
import type { IssuedCredential, IssuedHook } from '../ca/issued-credential.ts';
import { formatLedgerRecord } from '../datastore/ledger-record-text.ts';
import type { LedgerStore } from '../datastore/ledger-store.ts';
import { Backlog } from './backlog.ts';
import { Indexer } from './indexer.ts';
import { Journal, type LedgerSync } from './journal.ts';
import { ledgerRecordOf } from './ledger-record.ts';
import { ledgerMetrics, type LedgerMetrics } from './ledger-metrics.ts';
import { LedgerMark } from './ledger-mark.ts';
import { replaySegments } from './replay-segments.ts';
import { RetiredSegments } from './retired-segments.ts';
import { createSegmentFile, type Segment } from './segment-file.ts';
import { nextSegmentName } from './segment-names.ts';

/** How long what is journaled may take to reach the datastore when the server stops, milliseconds. */
const CLOSE_MS = 5_000;

/** The record of what was issued. */
export interface Ledger {
  /** Records credentials before they are handed out. @throws {StoreError} `ERR_LEDGER_*`, then none may be. */
  readonly issued: IssuedHook;
  /** Resolves when everything issued so far can be found in `datastore.ledger`. */
  flushed(): Promise<void>;
  /** Whether the datastore lacks what it had taken over, because an older backup of it was restored. */
  readonly isLacking: boolean;
  /** To be called when that was noted: it is said once. */
  acceptLack(): Promise<void>;
  /** What is wrong; undefined when all is well. */
  problem(): string | undefined;
  /** Calls the listener when something goes wrong, and when that is over. @returns ends it. */
  onTurn(listener: () => void): () => void;
  /** Brings what is left into the datastore, when that is possible soon. */
  close(): Promise<void>;
}

/** What the ledger works with. */
export interface LedgerDeps {
  /** Of the journal; made when it is missing. */
  readonly directory: string;
  readonly sync: LedgerSync;
  readonly store: LedgerStore;
  readonly metrics: Metrics;
  readonly logger: Pick<Logger, 'error' | 'info' | 'warn'>;
  /** Makes a journal file; default: a file in the directory. */
  readonly createSegment?: (directory: string, name: string) => Segment;
  readonly maxSegmentBytes?: number;
  readonly maxBacklogCharacters?: number;
}

/**
 * Opens the ledger: first what an earlier process left in the journal goes into the datastore.
 *
 * @throws {ProcessError} `ERR_PROCESS_DIRECTORY`. @throws {StoreError} the datastore does not take it.
 */
export async function openLedger(deps: LedgerDeps): Promise<Ledger> {
  ensurePrivateDirectory(deps.directory);
  const mark = await LedgerMark.open(`${deps.directory}.position`, deps.store);
  await replaySegments({ ...deps, mark });
  return new JournaledLedger(deps, mark);
}

/** Keeps no record. */
export const noLedger: Ledger = {
  issued: () => undefined,
  flushed: () => Promise.resolve(),
  isLacking: false,
  acceptLack: () => Promise.resolve(),
  problem: () => undefined,
  onTurn: () => () => undefined,
  close: () => Promise.resolve(),
};

class JournaledLedger implements Ledger {
  readonly issued: IssuedHook;
  readonly #backlog: Backlog;
  readonly #indexer: Indexer;
  readonly #journal: Journal;
  readonly #retired: RetiredSegments;
  readonly #mark: LedgerMark;
  readonly #metrics: LedgerMetrics;
  readonly #listeners = new Set<() => void>();

  constructor(deps: LedgerDeps, mark: LedgerMark) {
    const { directory, store, logger, createSegment = createSegmentFile } = deps;
    this.issued = (credentials) => this.#record(credentials);
    this.#metrics = ledgerMetrics(deps.metrics);
    this.#backlog = new Backlog(deps.maxBacklogCharacters);
    this.#mark = mark;
    this.#retired = new RetiredSegments({ store, mark, logger });
    this.#indexer = new Indexer({
      store,
      backlog: this.#backlog,
      logger,
      onIndexed: () => this.#indexed(),
      onTurn: () => this.#turned(),
    });
    let name = '';
    this.#journal = new Journal({
      ...deps,
      createSegment: () => {
        name = nextSegmentName([name]);
        return createSegment(directory, name);
      },
      onWritten: (records) => {
        this.#backlog.add(records);
        this.#indexer.journaled(records.length);
        this.#metrics.backlog(this.#backlog.size);
      },
      onRetired: (segment) => this.#retired.add(segment, this.#backlog.oldestJournal),
      onSynced: (outcome) => this.#metrics.synced(outcome),
      drained: () => this.#indexer.flushed(),
      onTurn: () => this.#turned(),
    });
  }

  async flushed(): Promise<void> {
    await this.#journal.turnOver();
    await this.#indexer.flushed();
  }

  get isLacking(): boolean {
    return this.#mark.isLacking;
  }

  async acceptLack(): Promise<void> {
    await this.#mark.accept();
  }

  problem(): string | undefined {
    if (this.#journal.failure !== undefined) return 'the journal cannot be written';
    if (this.#indexer.isFailing) return 'the datastore does not take over the journal';
    return this.#backlog.hasRoom ? undefined : 'the datastore lags behind the journal';
  }

  onTurn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#journal.turnOver();
    this.#journal.close();
    await Promise.race([this.#indexer.flushed(), new Promise<void>((resolve) => after(CLOSE_MS, resolve))]);
    await this.#indexer.stop();
    await this.#retired.close();
  }

  async #record(credentials: readonly IssuedCredential[]): Promise<void> {
    const texts = credentials.map((credential) => formatLedgerRecord(ledgerRecordOf(credential)));
    if (!this.#backlog.hasRoom) {
      this.#indexer.hurry();
      await this.#backlog.room();
    }
    await this.#journal.append(texts);
    this.#metrics.journaled(texts.length);
  }

  #turned(): void {
    for (const listener of this.#listeners) listener();
  }

  #indexed(): void {
    this.#metrics.backlog(this.#backlog.size);
    this.#retired.indexedUpTo(this.#backlog.oldestJournal);
  }
}
