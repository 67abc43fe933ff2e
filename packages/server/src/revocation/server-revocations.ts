import { type Clock, nowSeconds, type Revocation, RevocationSet, type UnixSeconds } from '@signet/core';
import type { Logger, Metrics } from '@signet/daemon';
import type { Change } from '../datastore/change-log.ts';
import type { Datastore } from '../datastore/datastore.ts';
import type { RecordedRevocation } from '../datastore/revocation-store.ts';
import type { RevocationSource } from '../feed/revocation-source.ts';
import type { LostRevocations } from './journal-record.ts';
import { RevocationJournal } from './revocation-journal.ts';

const PAGE = 1000;
/** More than a server gives between two backups; an agent that claims more lies, and must not use up the sequences. */
const MAX_LOST = 1_000_000_000;

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
  /** By rising sequence. */
  #held: RecordedRevocation[] = [];
  #latest: number;
  /** Newest that was taken over; may have been pruned since. */
  #taken = 0;
  #lost: LostRevocations | undefined;
  #unfollow: () => void = () => undefined;
  #reading: Promise<void> | undefined;

  private constructor(
    deps: ServerRevocationsDeps,
    journal: RevocationJournal,
    known: { readonly latest: number; readonly lost: LostRevocations | undefined },
  ) {
    this.#deps = deps;
    this.#journal = journal;
    this.#latest = known.latest;
    this.#lost = known.lost;
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
    const lacking = await store.restore(content.revocations);
    await store.raiseSequence(content.latest);
    if (lacking > 0) {
      deps.logger.warn('The database lacked revocations; brought back from the journal', { count: lacking });
    }
    const latest = await store.latest();
    const revocations = new ServerRevocations(deps, journal, { latest, lost: content.lost });
    await revocations.#load(new Map(content.revocations.map((each) => [each.sequence, each])));
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

  /** What an agent knew and is lost here; undefined when nothing is. */
  get lost(): LostRevocations | undefined {
    return this.#lost;
  }

  /** Why revocations cannot be made durable; undefined when they can. */
  get failure(): Error | undefined {
    return this.#journal.failure;
  }

  after(sequence: number, limit: number): readonly Revocation[] {
    let [low, high] = [0, this.#held.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#held[middle] as RecordedRevocation).sequence <= sequence) low = middle + 1;
      else high = middle;
    }
    return this.#held.slice(low, low + limit);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Resolves when all that was committed is in the journal, too, on stable storage: until then nobody may be told that a
   * revocation is done.
   *
   * @throws {StoreError} `ERR_STORE_UNAVAILABLE`.
   */
  async synced(): Promise<void> {
    await this.#reading;
    await this.#journal.synced();
  }

  /**
   * Hears what an agent holds. Is it more than was ever given here, then this database and its journal are older than
   * what was already told, as after the restore of an old backup: that is an alarm, and stays one until it is made up for.
   */
  noteReported(agentUri: string, sequence: number): void {
    if (sequence <= this.#latest) return;
    const { logger, clock } = this.#deps;
    const fields = { agent_id: agentUri, revocation: sequence, latest: this.#latest };
    if (sequence - this.#latest > MAX_LOST) {
      logger.warn('An agent claims to hold a revocation that cannot have been given', fields);
      return;
    }
    logger.error('An agent holds revocations that are lost here; revoke what was issued before now', fields);
    this.#noteLost({ sequence, at: nowSeconds(clock) }).catch((error: unknown) => {
      logger.error('The loss of revocations could not be recorded', { error });
    });
  }

  /** From here on sequences are higher than what the agent holds. */
  async #noteLost({ sequence, at }: LostRevocations): Promise<void> {
    this.#lost = { sequence, at };
    this.#latest = sequence;
    this.#journal.append([{ kind: 'lost', sequence, at }]);
    await this.#deps.datastore.revocations.raiseSequence(sequence);
    await this.#journal.synced();
    this.#tell();
  }

  /** Notes that what was lost has been made up for. */
  async noteRecovered(): Promise<void> {
    if (this.#lost === undefined) return;
    this.#lost = undefined;
    this.#journal.append([{ kind: 'recovered' }]);
    await this.#journal.synced();
  }

  /** Forgets what no longer holds, here, in the database, and in the journal. */
  async prune(now: UnixSeconds): Promise<number> {
    const count = await this.#deps.datastore.revocations.prune(now);
    this.#set.forgetExpired(now);
    this.#held = this.#held.filter(({ expiresAt }) => expiresAt > now);
    this.#count();
    await this.#journal.compact({ revocations: this.#held, latest: this.#latest, lost: this.#lost }, now);
    return count;
  }

  async close(): Promise<void> {
    this.#unfollow();
    await this.#reading;
    await this.#journal.close();
  }

  async #load(journaled: ReadonlyMap<number, RecordedRevocation>): Promise<void> {
    let isLoaded = false;
    const keptBack: Change[] = [];
    this.#unfollow = this.#deps.datastore.changes.onCommit((changes) => {
      if (isLoaded) changes.forEach((change) => this.#follow(change));
      else keptBack.push(...changes);
    });
    const stored = await this.#read(0);
    this.#journal.append(stored.filter(({ sequence }) => !journaled.has(sequence)).map(recordOf));
    await this.#journal.synced();
    this.#hold(stored);
    isLoaded = true;
    keptBack.forEach((change) => this.#follow(change));
  }

  #follow(change: Change): void {
    if (change.kind !== 'revocation') return;
    if (change.revocations !== undefined && this.#reading === undefined) this.#take(change.revocations);
    else this.#reading = this.#catchUp(this.#reading);
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

  /** After a commit whose fate was open, what came of it is read. */
  async #catchUp(before: Promise<void> | undefined): Promise<void> {
    await before;
    try {
      this.#take(await this.#read(this.#taken));
    } catch (error) {
      this.#deps.logger.error('Revocations could not be read', { error });
    } finally {
      this.#reading = undefined;
    }
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

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function recordOf(revocation: RecordedRevocation): { kind: 'revocation'; revocation: RecordedRevocation } {
  return { kind: 'revocation', revocation };
}
