import { StoreError } from '@signet/core';
import { after } from '@signet/daemon';
import type { JournalPart } from '../datastore/ledger-store.ts';

/** A record that is in the journal. */
export interface JournaledRecord {
  readonly journal: string;
  /** Where its frame begins and ends, bytes from the start of the file. */
  readonly from: number;
  readonly end: number;
  readonly text: string;
}

/** How much may be journaled and not yet in the datastore, characters; about 30,000 credentials. */
const MAX_BACKLOG_CHARACTERS = 8 * 1024 * 1024;

/** How long an issue waits for room before it is refused, milliseconds. */
const MAX_WAIT_MS = 5_000;

const BACKLOG_TEXT = 'the ledger has fallen behind: nothing is issued until it catches up';

/** What is journaled and not yet in the datastore. When it is full, issuing waits: the memory does not grow. */
export class Backlog {
  readonly #records: JournaledRecord[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #limit: number;
  #characters = 0;

  constructor(limit: number = MAX_BACKLOG_CHARACTERS) {
    this.#limit = limit;
  }

  /** How many records there are. */
  get size(): number {
    return this.#records.length;
  }

  /** File of the oldest record. */
  get oldestJournal(): string | undefined {
    return this.#records[0]?.journal;
  }

  /** Whether issuing may go on at once. */
  get hasRoom(): boolean {
    return this.#characters < this.#limit;
  }

  add(records: readonly JournaledRecord[]): void {
    for (const record of records) {
      this.#records.push(record);
      this.#characters += record.text.length;
    }
  }

  /** The oldest records that are of one file, at most so many. */
  oldest(count: number): JournalPart | undefined {
    const [first] = this.#records;
    if (first === undefined) return undefined;
    const part = this.#records.slice(0, count).filter(({ journal }) => journal === first.journal);
    const to = part.at(-1)?.end ?? first.end;
    return { journal: first.journal, from: first.from, to, records: part.map(({ text }) => text) };
  }

  /** Lets go of the oldest records, which the datastore has taken over. */
  drop(count: number): void {
    for (const { text } of this.#records.splice(0, count)) this.#characters -= text.length;
    while (this.hasRoom) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next();
    }
  }

  /** Resolves when there is room. @throws {StoreError} `ERR_LEDGER_BACKLOG` after 5 s without. */
  room(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = after(MAX_WAIT_MS, () => {
        this.#waiting.splice(this.#waiting.indexOf(admit), 1);
        reject(new StoreError('ERR_LEDGER_BACKLOG', BACKLOG_TEXT));
      });
      const admit = (): void => {
        timer.cancel();
        resolve();
      };
      this.#waiting.push(admit);
    });
  }
}
