import {
  type Clock,
  nowSeconds,
  type Revocation,
  RevocationSet,
  StoreError,
  type UnixSeconds,
} from '@signet/core';
import { after, type Logger, type Metrics, type Timer } from '@signet/daemon';
import type { Change } from '../datastore/change-log.ts';
import type { Datastore } from '../datastore/datastore.ts';
import type { RecordedRevocation } from '../datastore/revocation-store.ts';
import type { RevocationSource } from '../feed/revocation-source.ts';
import type { LostRevocations, SuspectedLoss } from './journal-record.ts';
import { LossAlarm } from './loss-alarm.ts';
import { type JournalContent, RevocationJournal } from './revocation-journal.ts';

type RevocationChange = Extract<Change, { kind: 'revocation' }>;

const PAGE = 1000;
const RETRY_MS = 1_000;

/** What following revocations needs. */
export interface ServerRevocationsDeps {
  readonly datastore: Pick<Datastore, 'revocations' | 'changes'>;
  /** Path of the journal. */
  readonly journalPath: string;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'gauge'>;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/**
 * The revocations that hold, in memory, current with every commit; and in the journal, which is what makes them durable
 * beyond the database.
 */
export class ServerRevocations implements RevocationSource {
  readonly #deps: ServerRevocationsDeps;
  readonly #journal: RevocationJournal;
  readonly #set = new RevocationSet();
  readonly #listeners = new Set<() => void>();
  readonly #turnListeners = new Set<() => void>();
  /** By rising sequence. */
  #held: RecordedRevocation[] = [];
  #latest: number;
  /** Newest that was taken over; may have been pruned since. */
  #taken = 0;
  readonly #alarm: LossAlarm;
  #unfollow: () => void = () => undefined;
  #reading: Promise<void> | undefined;
  /** Something was committed that could not be taken over yet. */
  #isBehind = false;
  /** What was told while reading. */
  #pending: RevocationChange[] = [];
  #readFailure: StoreError | undefined;
  #retry: Timer | undefined;

  private constructor(deps: ServerRevocationsDeps, journal: RevocationJournal, content: JournalContent) {
    this.#deps = deps;
    this.#journal = journal;
    this.#latest = content.latest;
    this.#alarm = new LossAlarm({ ...deps, journal, onTurn: () => this.#turned() }, content);
  }

  /**
   * Reads what holds. What the journal has and the database lacks, because an older backup of it was restored, is brought
   * back; what the journal lacks, because the server was killed before it was written there, is added to it.
   *
   * @throws {StoreError} `ERR_STORE_CORRUPT` the journal is damaged; `ERR_STORE_*`.
   */
  static async open(deps: ServerRevocationsDeps): Promise<ServerRevocations> {
    const { journal, content } = RevocationJournal.open(deps.journalPath);
    const store = deps.datastore.revocations;
    await restore(content.revocations, deps);
    await store.raiseSequence(content.latest);
    const latest = await store.latest();
    const revocations = new ServerRevocations(deps, journal, { ...content, latest });
    await revocations.#load(content);
    return revocations;
  }

  /** How many are held. */
  get size(): number {
    return this.#held.length;
  }

  /** What verifies by them; to be asked about credentials of the own trust domain. */
  get set(): RevocationSet {
    return this.#set;
  }

  /** Highest sequence ever given; 0 for none. */
  get latest(): number {
    return this.#latest;
  }

  /** What is lost here, as two agents or the ledger know; undefined when nothing is. */
  get lost(): LostRevocations | undefined {
    return this.#alarm.lost;
  }

  /** What only one agent says is lost here; undefined when none does. */
  get suspected(): SuspectedLoss | undefined {
    return this.#alarm.suspected;
  }

  /** Why revocations cannot be made durable; undefined when they can. */
  get failure(): Error | undefined {
    return this.#journal.failure ?? this.#readFailure;
  }

  after(sequence: number, limit: number): readonly Revocation[] {
    const from = this.#indexAfter(sequence);
    return this.#held.slice(from, from + limit);
  }

  knows(sequence: number): boolean {
    return sequence === this.#latest || this.#held[this.#indexAfter(sequence) - 1]?.sequence === sequence;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls the listener when something is lost or wrong, and when that is over. @returns ends it. */
  onTurn(listener: () => void): () => void {
    this.#turnListeners.add(listener);
    return () => void this.#turnListeners.delete(listener);
  }

  /**
   * Resolves when all that was committed is in the journal, too, on stable storage: until then nobody may be told that a
   * revocation is done.
   *
   * @throws {StoreError} `ERR_STORE_UNAVAILABLE`.
   */
  async synced(): Promise<void> {
    if (this.#isBehind) await this.#catchUp();
    if (this.#isBehind) throw unread();
    await this.#journal.synced();
  }

  noteUnknown(agentUri: string, sequence: number): void {
    this.#alarm.hear(agentUri, sequence);
  }

  /** Notes that the server itself knows of a loss; durable when it resolves. @throws {StoreError} `ERR_STORE_UNAVAILABLE`. */
  async noteLoss(): Promise<void> {
    await this.#alarm.raise();
  }

  /** Notes that all that was issued before a time is revoked: what was lost by then is made up for. */
  async noteRecovered(before: UnixSeconds): Promise<void> {
    await this.#alarm.recovered(before);
  }

  /** Forgets what no longer holds, here, in the database, and in the journal. */
  async prune(now: UnixSeconds): Promise<number> {
    const count = await this.#deps.datastore.revocations.prune(now);
    this.#set.forgetExpired(now);
    const gone = this.#held.filter(({ expiresAt }) => expiresAt <= now);
    this.#held = this.#held.filter(({ expiresAt }) => expiresAt > now);
    this.#alarm.settle(gone.at(-1)?.sequence ?? 0);
    this.#count();
    const { lost, suspected, settled } = this.#alarm;
    const content = { revocations: this.#held, latest: this.#latest, lost, suspected, settled };
    this.#journal.compact(content, now);
    return count;
  }

  async close(): Promise<void> {
    this.#unfollow();
    this.#retry?.cancel();
    await this.#reading;
    await this.#journal.close();
  }

  async #load({ revocations }: JournalContent): Promise<void> {
    let isLoaded = false;
    const keptBack: Change[] = [];
    this.#unfollow = this.#deps.datastore.changes.onCommit((changes) => {
      if (isLoaded) changes.forEach((change) => this.#follow(change));
      else keptBack.push(...changes);
    });
    const stored = await this.#read(0);
    const journaled = new Set(revocations.map(({ sequence }) => sequence));
    this.#journal.append(stored.filter(({ sequence }) => !journaled.has(sequence)).map(recordOf));
    await this.#journal.synced();
    this.#hold(stored);
    for (const { sequence } of stored) journaled.delete(sequence);
    // Given once, and gone since.
    for (const sequence of journaled) this.#alarm.settle(sequence);
    if (stored.at(-1)?.sequence !== this.#latest) this.#alarm.settle(this.#latest);
    isLoaded = true;
    keptBack.forEach((change) => this.#follow(change));
  }

  #follow(change: Change): void {
    if (change.kind !== 'revocation') return;
    if (this.#reading !== undefined) this.#pending.push(change);
    else if (change.revocations !== undefined && !this.#isBehind) this.#take(change.revocations);
    else void this.#catchUp();
  }

  #indexAfter(sequence: number): number {
    let [low, high] = [0, this.#held.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#held[middle] as RecordedRevocation).sequence <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes what is new, in order. */
  #take(revocations: readonly RecordedRevocation[]): void {
    const fresh = revocations.filter(({ sequence }) => sequence > this.#taken);
    if (fresh.length === 0) return;
    this.#journal.append(fresh.map(recordOf));
    this.#hold(fresh);
    this.#deps.logger.info('Revoked', { count: fresh.length, revocation: this.#taken, by: fresh[0]?.actor });
    this.#tell();
  }

  /** After a commit whose fate was open, what came of it is read; nothing that comes after it is taken before. */
  #catchUp(): Promise<void> {
    this.#isBehind = true;
    this.#retry?.cancel();
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    try {
      while (this.#isBehind) {
        this.#take(await this.#read(this.#taken));
        const told = this.#pending;
        this.#pending = [];
        // Of one whose fate is open, and all that follow it, the next reading tells.
        this.#isBehind = told.some(({ revocations }) => revocations === undefined);
        if (!this.#isBehind) for (const { revocations = [] } of told) this.#take(revocations);
      }
      this.#failRead(undefined);
    } catch (error) {
      this.#pending = [];
      this.#failRead(unread());
      this.#deps.logger.error('Revocations could not be read', { error });
      this.#retry = after(RETRY_MS, () => void this.#catchUp());
    }
  }

  #failRead(failure: StoreError | undefined): void {
    if ((failure === undefined) === (this.#readFailure === undefined)) return;
    this.#readFailure = failure;
    this.#turned();
  }

  async #read(after: number): Promise<readonly RecordedRevocation[]> {
    const all: RecordedRevocation[] = [];
    for (;;) {
      const page = await this.#deps.datastore.revocations.list(all.at(-1)?.sequence ?? after, PAGE);
      all.push(...page);
      if (page.length < PAGE) return all;
    }
  }

  #hold(revocations: readonly RecordedRevocation[]): void {
    for (const revocation of revocations) this.#held.push(revocation);
    this.#set.apply(revocations, { isFullState: false });
    this.#taken = revocations.at(-1)?.sequence ?? this.#taken;
    this.#latest = Math.max(this.#latest, this.#taken);
    this.#count();
  }

  #count(): void {
    this.#deps.metrics.gauge(['revocations', 'held'], this.#held.length);
  }

  #turned(): void {
    for (const listener of this.#turnListeners) listener();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Those that have expired by the clock come back as well: it may be ahead. As a rule they were pruned, which is no news. */
async function restore(
  journaled: readonly RecordedRevocation[],
  { datastore, clock, logger }: ServerRevocationsDeps,
): Promise<void> {
  const now = nowSeconds(clock);
  const lacking = await datastore.revocations.restore(journaled.filter(({ expiresAt }) => expiresAt > now));
  if (lacking > 0) {
    logger.warn('The database lacked revocations; brought back from the journal', { count: lacking });
  }
  const expired = await datastore.revocations.restore(journaled.filter(({ expiresAt }) => expiresAt <= now));
  if (expired > 0)
    logger.info('Revocations that have expired by the clock are kept for now', { count: expired });
}

function unread(): StoreError {
  return new StoreError('ERR_STORE_UNAVAILABLE', 'revocations that were committed cannot be read');
}

function recordOf(revocation: RecordedRevocation): { kind: 'revocation'; revocation: RecordedRevocation } {
  return { kind: 'revocation', revocation };
}
