import { StoreError } from '@signet/core';
import { after, type Logger, type Timer } from '@signet/daemon';
import type { JournaledRecord } from './backlog.ts';
import { JournalSyncer, type SyncOutcome } from './journal-syncer.ts';
import type { Segment } from './segment-file.ts';
import { FrameBuffer, MAX_FRAME_TEXT_BYTES } from './segment-frames.ts';
import { TurnBatch } from './turn-batch.ts';

/** Size at which a new file is begun, bytes; about 50,000 credentials. */
const MAX_SEGMENT_BYTES = 16 * 1024 * 1024;

/** How long writes gather before they are synced, milliseconds; with the sync itself, below 10. */
const SYNC_DELAY_MS = 6;

const RETRY_MS = 1_000;

/** When a record counts as journaled: when it is written, which survives the process, or on stable storage. */
export type LedgerSync = 'batched' | 'always';

/** What the journal works with. */
export interface JournalDeps {
  readonly sync: LedgerSync;
  /** Makes the next file, durably. @throws {Error} of the operating system. */
  readonly createSegment: () => Segment;
  /** Hears of records right after they were written. */
  readonly onWritten: (records: readonly JournaledRecord[]) => void;
  /** Hears of a file that nothing more will be written to. */
  readonly onRetired: (segment: Segment) => void;
  readonly onSynced: (outcome: SyncOutcome) => void;
  /** Resolves when everything that was written is in the datastore. */
  readonly drained: () => Promise<void>;
  /** Called when `failure` came or went. */
  readonly onTurn: () => void;
  readonly logger: Pick<Logger, 'error' | 'info'>;
  readonly maxSegmentBytes?: number;
}

/**
 * Puts records on file before the credentials that they are about are handed out.
 *
 * After a failed write or sync nobody knows what the file holds. Until all that was written before has reached the
 * datastore, and a new file could be begun, nothing more is taken.
 */
export class Journal {
  readonly #deps: JournalDeps;
  readonly #frames = new FrameBuffer();
  readonly #turn: TurnBatch<string>;
  readonly #syncer: JournalSyncer;
  /** Undefined: the last one failed and is gone, and there is no other yet. */
  #segment: Segment | undefined;
  #failure: StoreError | undefined;
  #retry: Timer | undefined;

  /** @throws {Error} of the operating system when the first file cannot be made. */
  constructor(deps: JournalDeps) {
    this.#deps = deps;
    this.#segment = deps.createSegment();
    this.#turn = new TurnBatch((texts) => this.#write(texts));
    this.#syncer = new JournalSyncer(deps.sync === 'always' ? 0 : SYNC_DELAY_MS, (outcome) =>
      this.#synced(outcome),
    );
  }

  /** Why nothing can be written; undefined when it can. */
  get failure(): StoreError | undefined {
    return this.#failure;
  }

  /**
   * Resolves when the records are written; with `always`, when they are on stable storage.
   *
   * @throws {StoreError} `ERR_LEDGER_UNAVAILABLE`; `ERR_LEDGER_RECORD_SIZE` a record is longer than 1 MiB.
   */
  append(texts: readonly string[]): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (texts.some(isTooLong)) {
      return Promise.reject(
        new StoreError('ERR_LEDGER_RECORD_SIZE', 'the record of what is issued is too long'),
      );
    }
    return this.#turn.add(texts);
  }

  /** Resolves when what was asked for in this turn of the event loop is written or refused. */
  turnOver(): Promise<void> {
    return this.#turn.over();
  }

  /** Takes nothing more. */
  close(): void {
    this.#retry?.cancel();
    this.#failure = new StoreError('ERR_STORE_CLOSED', 'the ledger is closed');
    this.#retireSegment();
  }

  #write(texts: readonly string[]): void | Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    let segment: Segment;
    try {
      segment = this.#currentSegment();
      this.#deps.onWritten(this.#writeFrames(segment, texts));
    } catch (cause) {
      throw this.#fail(cause);
    }
    const synced = this.#syncer.wrote(segment);
    if (this.#deps.sync === 'always') {
      return synced.catch((cause: unknown) => {
        throw this.#fail(cause);
      });
    }
  }

  #currentSegment(): Segment {
    if ((this.#segment?.size ?? 0) >= (this.#deps.maxSegmentBytes ?? MAX_SEGMENT_BYTES))
      this.#retireSegment();
    this.#segment ??= this.#deps.createSegment();
    return this.#segment;
  }

  #retireSegment(): void {
    if (this.#segment !== undefined) this.#deps.onRetired(this.#segment);
    this.#segment = undefined;
  }

  #writeFrames(segment: Segment, texts: readonly string[]): readonly JournaledRecord[] {
    const { name: journal, size } = segment;
    let end = size;
    const records = texts.map((text) => {
      const from = end;
      end += this.#frames.add(text);
      return { journal, from, end, text };
    });
    segment.write(this.#frames.take());
    return records;
  }

  #synced(outcome: SyncOutcome): void {
    this.#deps.onSynced(outcome);
    if (outcome.error !== undefined) this.#fail(outcome.error);
  }

  #fail(cause: unknown): StoreError {
    if (this.#failure !== undefined) return this.#failure;
    this.#deps.logger.error('The ledger cannot be written; nothing is issued until it can', { error: cause });
    const message = 'the ledger cannot be written: nothing is issued until it can';
    this.#failure = new StoreError('ERR_LEDGER_UNAVAILABLE', message, { cause });
    this.#retry = after(RETRY_MS, () => void this.#recover(this.#failure));
    this.#deps.onTurn();
    return this.#failure;
  }

  async #recover(failure: StoreError | undefined): Promise<void> {
    await this.#deps.drained();
    // Closed meanwhile.
    if (this.#failure !== failure) return;
    // It may be what fills the disk.
    this.#retireSegment();
    try {
      this.#segment = this.#deps.createSegment();
      this.#failure = undefined;
      this.#deps.logger.info('The ledger can be written again');
      this.#deps.onTurn();
    } catch {
      this.#retry = after(RETRY_MS, () => void this.#recover(failure));
    }
  }
}

function isTooLong(text: string): boolean {
  // One UTF-16 unit is three octets at most.
  return 3 * text.length > MAX_FRAME_TEXT_BYTES && Buffer.byteLength(text) > MAX_FRAME_TEXT_BYTES;
}
