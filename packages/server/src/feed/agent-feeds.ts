import { type WireTaskInput } from '@signet/api';
import { type Clock, nowSeconds, serverId, SignetError, type SpiffeId, type TrustDomain } from '@signet/core';
import { type Metrics, monotonicMs } from '@signet/daemon';
import { type AppliedChange, type EntryParents } from '../authz/entry-index.ts';
import { type Datastore } from '../datastore/datastore.ts';
import { newsOf, newsOfRecorded } from './change-news.ts';
import { ALL_HINTS, type Hint } from './feed-hints.ts';
import { PULSE_TICK_MS } from './feed-pulse.ts';
import { FeedRoster } from './feed-roster.ts';
import { type FeedCarrier, type FeedFacts, FeedSession, type RevocationPosition } from './feed-session.ts';
import { HintPacer } from './hint-pacer.ts';
import { NestedParents } from './nested-parents.ts';
import { type ChangeNews, RecentChanges, type SequencedNews } from './recent-changes.ts';
import { type RevocationSource } from './revocation-source.ts';
import { type StatusDocumentSource } from './status-documents.ts';

/** What keeping agents informed needs. */
export interface AgentFeedsDeps {
  readonly trustDomain: TrustDomain;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly index: EntryParents;
  readonly datastore: Pick<Datastore, 'changes' | 'id'>;
  readonly revocations: RevocationSource;
  readonly statusDocuments: StatusDocumentSource;
  readonly heartbeatMs: number;
  readonly taskLeaseMs: number;
  /** Agents whose tasks may have ended unheard. */
  readonly unsettled?: { readonly size: number; onSettled(listener: () => void): void };
}

/** Where an agent was when it lost its last feed. */
export interface ResumePoint {
  readonly datastoreId: string;
  readonly afterChange: number;
  readonly afterRevocation: number;
}

/** Changes of before the start that are read again, for agents that come back. */
const RECORDED_CHANGES = 1024;
/** Changes that agents hear of by hints. */
const TOLD_KINDS = ['entry', 'agent', 'bundle'] as const;
/** Hints make agents call: about a thousand a second do, so that a change for all is no flood of calls. */
const HINT_PACE = { atOnce: 20, everyMs: 20 };
/** For who asks, right after revoking, how many agents were told. */
const REMEMBERED_TELLINGS = 256;
/** Revocations make nobody call. They only leave other work of the event loop its turn. */
const REVOCATION_PACE = { atOnce: 128, everyMs: 0 };

/** @param how - `isGraceful`: the feed ended for the age of its connection, and the agent comes back by another. */
export type LostListener = (agentUri: string, how: { readonly isGraceful: boolean }) => void;

/** The agents that hold a feed, and what each of them has to be told. */
export class AgentFeeds {
  readonly #deps: AgentFeedsDeps;
  readonly #facts: FeedFacts;
  readonly #serverUri: string;
  readonly #roster = new FeedRoster();
  readonly #nested: NestedParents;
  readonly #hints = new HintPacer(HINT_PACE);
  readonly #urgent = new HintPacer(REVOCATION_PACE);
  /** How many agents there were to tell of the newest revocations. */
  readonly #told: { readonly revocation: number; readonly agents: number }[] = [];
  readonly #lostListeners = new Set<LostListener>();
  readonly #recent: RecentChanges;
  readonly #ticking: NodeJS.Timeout;
  #areRootsStale = false;
  #isStopped = false;

  private constructor(deps: AgentFeedsDeps, recent: RecentChanges) {
    this.#deps = deps;
    this.#recent = recent;
    const { datastore, heartbeatMs, taskLeaseMs, revocations, index, trustDomain } = deps;
    this.#facts = {
      datastoreId: datastore.id,
      heartbeatMs,
      taskLeaseMs,
      revocations,
      areTasksSettled: () => (deps.unsettled?.size ?? 0) === 0,
      latestChange: () => this.#settled().latest,
    };
    this.#serverUri = serverId(trustDomain).uri;
    this.#nested = new NestedParents(index, trustDomain);
    // One timer for all of them: thousands of their own would cost more than what they are for.
    this.#ticking = setInterval(() => this.tick(monotonicMs()), PULSE_TICK_MS).unref();
  }

  /** Begins to follow the datastore. What was committed shortly before is known, too. */
  static async open(deps: AgentFeedsDeps): Promise<AgentFeeds> {
    const { changes } = deps.datastore;
    const early: AppliedChange[] = [];
    const stopGathering = deps.index.onApplied((applied) => void early.push(...applied));
    const latest = await changes.latest();
    const recorded = await changes.newest(TOLD_KINDS, RECORDED_CHANGES);
    stopGathering();
    const news = newsOfRecorded(recorded.changes, deps.trustDomain);
    const known = news.filter(({ sequence }) => sequence <= latest);
    const feeds = new AgentFeeds(deps, new RecentChanges(recorded.completeAfter, latest, known));
    for (const applied of early) if (applied.change.sequence > latest) feeds.#apply(applied);
    feeds.#follow();
    return feeds;
  }

  /** How many agents hold a feed. */
  get size(): number {
    return this.#roster.size;
  }

  /** How many agents are told of a revocation: also those whose feeds end with it, because it is about them. */
  toldOf(revocation: number): number {
    return this.#told.find((telling) => telling.revocation >= revocation)?.agents ?? this.size;
  }

  /** Whether the agent holds a feed now. */
  isConnected(agentUri: string): boolean {
    return this.#roster.ofAgent(agentUri) !== undefined;
  }

  /** Calls the listener when an agent has lost its feed and has no other. @returns ends it. */
  onLost(listener: LostListener): () => void {
    this.#lostListeners.add(listener);
    return () => void this.#lostListeners.delete(listener);
  }

  /**
   * Opens the feed of an agent; one that it has already ends, for the newest is the one that it listens to.
   *
   * @throws {SignetError} `ERR_UNAVAILABLE` the server is stopping.
   */
  connect(agentId: SpiffeId, from: ResumePoint, carrier: FeedCarrier): FeedSession {
    if (this.#isStopped) throw stopping();
    const revocation = this.#revocationPosition(agentId, from);
    const session = new FeedSession({
      agentId,
      roots: this.#rootsOf(agentId),
      facts: this.#facts,
      revocation,
      carrier,
    });
    this.#settled();
    for (const hint of this.#missed(from, session)) session.mark(hint);
    this.#roster.add(session)?.end(new SignetError('ERR_ABORTED', 'the agent opened another feed'));
    this.#count();
    return session;
  }

  /** The call that carried the feed has ended. */
  disconnect(session: FeedSession): void {
    this.#hints.remove(session);
    this.#urgent.remove(session);
    if (!this.#roster.remove(session)) return;
    this.#count();
    const how = { isGraceful: session.isOver };
    for (const listener of this.#lostListeners) listener(session.agentId.uri, how);
  }

  /** Tells an agent of tasks of its own that were ended elsewhere; one without a feed asks when it is back. */
  tellEndedTasks(agentUri: string, tasks: readonly WireTaskInput[]): void {
    const session = this.#roster.ofAgent(agentUri);
    if (session === undefined) return;
    if (tasks.every((task) => session.taskEnded(task))) this.#urgent.add(session);
    else session.end(new SignetError('ERR_ABORTED', 'too many ended tasks to be told one by one'));
  }

  /** Has an agent told that tasks were begun for it elsewhere. */
  tellTasksChanged(agentUri: string): void {
    const session = this.#roster.ofAgent(agentUri);
    if (session?.mark('tasks') === true) this.#urgent.add(session);
  }

  /** Looks after those whose time has come. @param nowMs - monotonic. */
  tick(nowMs: number): void {
    this.#eachSession((session) => session.tick(nowMs));
  }

  /** Ends all feeds in such a way that agents come back, not all at once. */
  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#ticking);
    for (const session of [...this.#roster.all()]) session.end(stopping());
  }

  #follow(): void {
    const { index, revocations, statusDocuments } = this.#deps;
    index.onApplied((changes) => changes.forEach((change) => this.#apply(change)));
    revocations.onChange(() => {
      this.#told.push({ revocation: revocations.latest, agents: this.size });
      if (this.#told.length > REMEMBERED_TELLINGS) this.#told.shift();
      this.#eachSession((session) => this.#urgent.add(session));
    });
    statusDocuments.onChange(() => this.#tellAll('statusDocuments'));
    this.#deps.unsettled?.onSettled(() => this.#eachSession((session) => this.#urgent.add(session)));
  }

  #apply(applied: AppliedChange): void {
    const { change, before } = applied;
    for (const entry of change.kind === 'entry' ? [before, change.entry] : []) {
      if (entry !== undefined) this.#nested.forget(entry.spiffeId);
    }
    const news = newsOf(applied, this.#deps.trustDomain);
    this.#recent.add(change.sequence, news);
    if (news !== undefined) this.#tell(news);
  }

  #tell(news: ChangeNews): void {
    switch (news.of) {
      case 'all':
        this.#tellAll(news.hint);
        return;
      case 'agent':
        this.#updateRoots(this.#roster.ofAgent(news.agentUri));
        return;
      case 'entry':
        for (const parent of news.parents ?? []) this.#tellOfEntriesBelow(parent);
    }
  }

  #tellOfEntriesBelow(parent: string): void {
    // The parent of node aliases: which agents they are of is looked at once for all that come together.
    if (parent === this.#serverUri) this.#staleRoots();
    else if (this.#nested.has(parent)) this.#tellAll('entries');
    else for (const session of this.#roster.withRoot(parent)) this.#tellOne(session, 'entries');
  }

  #tellOne(session: FeedSession, hint: Hint): void {
    if (session.mark(hint)) this.#hints.add(session);
  }

  #tellAll(hint: Hint): void {
    this.#eachSession((session) => this.#tellOne(session, hint));
  }

  #eachSession(act: (session: FeedSession) => void): void {
    for (const session of this.#roster.all()) act(session);
  }

  #staleRoots(): void {
    if (this.#areRootsStale) return;
    this.#areRootsStale = true;
    setImmediate(() => this.#settled());
  }

  /** The changes, once every session has been told of them. */
  #settled(): RecentChanges {
    if (this.#areRootsStale) {
      this.#areRootsStale = false;
      this.#eachSession((session) => this.#updateRoots(session));
    }
    return this.#recent;
  }

  #updateRoots(session: FeedSession | undefined): void {
    if (session === undefined) return;
    const roots = this.#rootsOf(session.agentId);
    if (this.#roster.setRoots(session, roots)) this.#tellOne(session, 'entries');
  }

  #rootsOf(agentId: SpiffeId): ReadonlySet<string> {
    return this.#deps.index.roots(agentId, nowSeconds(this.#deps.clock));
  }

  /** What an agent has to ask for because it was away. */
  #missed(from: ResumePoint, session: FeedSession): Iterable<Hint> {
    const isKnown = from.datastoreId === this.#facts.datastoreId;
    const changes = isKnown ? this.#recent.since(from.afterChange) : undefined;
    if (changes === undefined) return ALL_HINTS;
    const hints = new Set(changes.flatMap(({ news }) => this.#hintFor(news, session) ?? []));
    return from.afterRevocation === this.#deps.revocations.latest ? hints : hints.add('statusDocuments');
  }

  #hintFor(news: SequencedNews['news'], { agentId, roots }: FeedSession): Hint | undefined {
    switch (news?.of) {
      case 'all':
        return news.hint;
      case 'agent':
        return news.agentUri === agentId.uri ? 'entries' : undefined;
      case 'entry':
        return this.#concern(news.parents, roots) ? 'entries' : undefined;
      case undefined:
        return undefined;
    }
  }

  #concern(parents: readonly string[] | undefined, roots: ReadonlySet<string>): boolean {
    if (parents === undefined) return true;
    return parents.some(
      (parent) => parent === this.#serverUri || roots.has(parent) || this.#nested.has(parent),
    );
  }

  /** Whatever an agent holds it keeps, also what is not known here: what it is told adds to that. */
  #revocationPosition(agentId: SpiffeId, { datastoreId, afterRevocation }: ResumePoint): RevocationPosition {
    const { revocations } = this.#deps;
    const isOurs = datastoreId === this.#facts.datastoreId;
    if (afterRevocation === 0) return { isFullState: !isOurs, after: 0 };
    if (isOurs && revocations.knows(afterRevocation)) return { isFullState: false, after: afterRevocation };
    if (isOurs) revocations.noteUnknown?.(agentId.uri, afterRevocation);
    return { isFullState: false, after: 0 };
  }

  #count(): void {
    this.#deps.metrics.gauge(['agent_feed', 'connected'], this.#roster.size);
  }
}

function stopping(): SignetError {
  return new SignetError('ERR_UNAVAILABLE', 'the server is stopping');
}
