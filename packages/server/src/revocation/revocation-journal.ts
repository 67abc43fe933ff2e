import { StoreError, type UnixSeconds } from '@signet/core';
import type { RecordedRevocation } from '../datastore/revocation-store.ts';
import { JournalSyncer } from '../ledger/journal-syncer.ts';
import { JournalFile } from './journal-file.ts';
import {
  formatJournalRecord,
  parseJournalRecord,
  type JournalRecord,
  type LostRevocations,
  type SuspectedLoss,
} from './journal-record.ts';

/** Records that a file may have beyond those that still count, before it is written anew. */
const WASTE = 1000;

/** What the journal held when it was opened. */
export interface JournalContent {
  readonly revocations: readonly RecordedRevocation[];
  /** Highest sequence that was ever given. */
  readonly latest: number;
  /** Up to here nothing follows from what agents say they hold. */
  readonly settled: number;
  readonly lost: LostRevocations | undefined;
  readonly suspected: SuspectedLoss | undefined;
}

/**
 * Every revocation once more, in a file beside the database: what is in it survives the restore of an older backup of
 * the database.
 */
export class RevocationJournal {
  readonly #file: JournalFile;
  readonly #syncer: JournalSyncer;
  #records: number;
  #synced: Promise<void> = Promise.resolve();
  #failure: StoreError | undefined;

  private constructor(file: JournalFile, records: number) {
    this.#file = file;
    this.#records = records;
    this.#syncer = new JournalSyncer(0, ({ error }) => {
      if (error !== undefined) this.#fail(error);
    });
  }

  /** @throws {StoreError} `ERR_STORE_CORRUPT` the file is damaged. */
  static open(path: string): { journal: RevocationJournal; content: JournalContent } {
    const { file, texts } = JournalFile.open(path);
    const records = texts.map(parseJournalRecord);
    return { journal: new RevocationJournal(file, records.length), content: contentOf(records) };
  }

  /** Why nothing can be written any more; undefined when it can. */
  get failure(): StoreError | undefined {
    return this.#failure;
  }

  /** Writes records; {@link synced} says when they are safe. */
  append(records: readonly JournalRecord[]): void {
    if (records.length === 0 || this.#failure !== undefined) return;
    try {
      this.#file.append(records.map(formatJournalRecord));
    } catch (cause) {
      this.#fail(cause);
      return;
    }
    this.#records += records.length;
    this.#synced = this.#syncer.wrote(this.#file);
    this.#synced.catch(() => undefined);
  }

  /**
   * Resolves when all that was written is on stable storage.
   *
   * @throws {StoreError} `ERR_STORE_UNAVAILABLE` it cannot be written.
   */
  async synced(): Promise<void> {
    await this.#synced.catch((cause: unknown) => this.#fail(cause));
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Leaves out what no longer counts, when that is much. All in one turn: what is appended beside it would be lost.
   *
   * @param content - all that was appended and still counts.
   * @throws {Error} of the operating system.
   */
  compact(content: JournalContent, now: UnixSeconds): void {
    const holding = content.revocations.filter(({ expiresAt }) => expiresAt > now);
    if (this.#failure === undefined && this.#records < 2 * holding.length + WASTE) return;
    const records = recordsOf({ ...content, revocations: holding });
    this.#file.replace(records.map(formatJournalRecord));
    this.#records = records.length;
    this.#synced = Promise.resolve();
    this.#failure = undefined;
  }

  async close(): Promise<void> {
    await this.#synced.catch(() => undefined);
    this.#file.close();
  }

  #fail(cause: unknown): void {
    this.#failure ??= new StoreError(
      'ERR_STORE_UNAVAILABLE',
      'the journal of revocations cannot be written',
      {
        cause,
      },
    );
  }
}

function contentOf(records: readonly JournalRecord[]): JournalContent {
  const revocations = new Map<number, RecordedRevocation>();
  let [latest, settled] = [0, 0];
  let lost: LostRevocations | undefined;
  let suspected: SuspectedLoss | undefined;
  for (const record of records) {
    switch (record.kind) {
      case 'revocation':
        revocations.set(record.revocation.sequence, record.revocation);
        latest = Math.max(latest, record.revocation.sequence);
        break;
      case 'sequence':
        latest = Math.max(latest, record.sequence);
        break;
      case 'settled':
        settled = Math.max(settled, record.sequence);
        break;
      case 'lost':
        lost = { at: record.at };
        break;
      case 'suspected':
        suspected = { at: record.at, agentId: record.agentId };
        break;
      case 'recovered':
        [lost, suspected] = [undefined, undefined];
    }
  }
  return { revocations: [...revocations.values()], latest, settled, lost, suspected };
}

function recordsOf({ revocations, latest, settled, lost, suspected }: JournalContent): JournalRecord[] {
  return [
    { kind: 'sequence', sequence: latest },
    { kind: 'settled', sequence: settled },
    ...(lost === undefined ? [] : [{ kind: 'lost' as const, ...lost }]),
    ...(suspected === undefined ? [] : [{ kind: 'suspected' as const, ...suspected }]),
    ...revocations.map((revocation) => ({ kind: 'revocation' as const, revocation })),
  ];
}
