import { type ConnectResponseInput, revocationToWire, type WireTaskInput } from '@signet/api';
import { MAX_TASKS_OF_AGENT, SignetError, type SpiffeId } from '@signet/core';
import { monotonicMs } from '@signet/daemon';
import { type Hint } from './feed-hints.ts';
import { FeedPulse } from './feed-pulse.ts';
import { revocationPage } from './revocation-page.ts';
import { type RevocationSource } from './revocation-source.ts';

/** What the messages of all sessions say alike. */
export interface FeedFacts {
  readonly datastoreId: string;
  readonly heartbeatMs: number;
  readonly taskLeaseMs: number;
  readonly revocations: RevocationSource;
  /** Whether the ends of tasks are all known. */
  areTasksSettled?(): boolean;
  /** Newest change that all sessions have been told of, in so far as it concerns them. */
  latestChange(): number;
}

/** Where an agent is with revocations. */
export interface RevocationPosition {
  /** Newest that it holds. */
  readonly after: number;
  /** It holds those of another history, or none: it gets all that hold. */
  readonly isFullState: boolean;
}

/** The call that carries a session. */
export interface FeedCarrier {
  /** Ends the call with that reason. */
  end(reason: Error): void;
  /** Cuts the connection: nothing gets through to the agent, not even the end. */
  cut(reason: string): void;
  /** Whether the connection takes no more calls and waits for those under way. */
  isDraining(): boolean;
}

/** Ended tasks in one message. */
const ENDED_TASKS_PER_MESSAGE = 256;
/** Ended tasks that a session holds for its agent: an agent has no more. Else the stream ends, and the agent asks for the list. */
const MAX_ENDED_TASKS = MAX_TASKS_OF_AGENT;

/**
 * What one agent has not been told yet. However much happens, it is a few flags, a position and a bounded list: a slow
 * agent costs no more than a quick one.
 */
export class FeedSession {
  readonly agentId: SpiffeId;
  /** Parent IDs whose entries are the agent's directly. */
  roots: ReadonlySet<string>;
  readonly pulse: FeedPulse;
  readonly #facts: FeedFacts;
  readonly #carrier: FeedCarrier;
  readonly #hints = new Set<Hint>();
  readonly #endedTasks = new Map<string, WireTaskInput>();
  #revocation: RevocationPosition;
  #wake: () => void = () => undefined;
  #isAwake = false;
  #sayLast: () => void = () => undefined;

  constructor(parts: {
    readonly agentId: SpiffeId;
    readonly roots: ReadonlySet<string>;
    readonly facts: FeedFacts;
    readonly revocation: RevocationPosition;
    readonly carrier: FeedCarrier;
  }) {
    this.agentId = parts.agentId;
    this.roots = parts.roots;
    this.#facts = parts.facts;
    this.#revocation = parts.revocation;
    this.#carrier = parts.carrier;
    this.pulse = new FeedPulse(parts.facts.heartbeatMs, monotonicMs());
  }

  /** Has the agent told with the next message. @returns whether that is news. */
  mark(hint: Hint): boolean {
    if (this.#hints.has(hint)) return false;
    this.#hints.add(hint);
    return true;
  }

  /** Has the agent told of a task of its own that was ended elsewhere. @returns false when there are too many to be told. */
  taskEnded(task: WireTaskInput): boolean {
    this.#endedTasks.set(task.id ?? '', task);
    return this.#endedTasks.size <= MAX_ENDED_TASKS;
  }

  /** A message is due. */
  wake(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /** Resolves when a message is due. */
  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#isAwake) resolve();
    });
  }

  /** Looks whether a message is due, or the agent is to be given up. @param nowMs - monotonic. */
  tick(nowMs: number): void {
    const complaint = this.pulse.complaint(nowMs);
    if (complaint !== undefined) {
      this.end(new SignetError('ERR_UNAVAILABLE', complaint));
      this.#carrier.cut(complaint);
    } else if (this.pulse.isDue(nowMs) || this.isOver) this.wake();
  }

  /** Whether the agent is to open another feed: this one keeps an old connection from ending. */
  get isOver(): boolean {
    return this.#carrier.isDraining();
  }

  end(reason: Error): void {
    this.#carrier.end(reason);
  }

  /** Whether the agent lacks revocations that hold. */
  get lacksRevocations(): boolean {
    return this.#revocation.isFullState || this.#revocation.after < this.#facts.revocations.latest;
  }

  /** Resolves when the agent was told all revocations that are known: with the next message, or those that follow it at once. */
  lastWords(): Promise<void> {
    return new Promise((resolve) => {
      this.#sayLast = resolve;
      this.wake();
    });
  }

  /** The message has gone to the transport. */
  told(): void {
    if (!this.lacksRevocations) this.#sayLast();
  }

  /** The next message: everything that the agent has not been told, or nothing but that the stream lives. */
  next(): ConnectResponseInput {
    this.#isAwake = false;
    const { datastoreId, heartbeatMs, taskLeaseMs } = this.#facts;
    return {
      // First: it may bring hints.
      change: this.#facts.latestChange(),
      datastore_id: datastoreId,
      heartbeat_ms: heartbeatMs,
      task_lease_ms: taskLeaseMs,
      ...this.#takeHints(),
      ...this.#takeRevocations(),
      ended_tasks: this.#takeEndedTasks(),
      tasks_unsettled: this.#facts.areTasksSettled?.() === false,
    };
  }

  #takeHints(): ConnectResponseInput {
    const has = (hint: Hint): boolean => this.#hints.delete(hint);
    return {
      entries_changed: has('entries'),
      bundles_changed: has('bundles'),
      authorities_changed: has('authorities'),
      status_documents_changed: has('statusDocuments'),
      tasks_changed: has('tasks'),
    };
  }

  #takeRevocations(): ConnectResponseInput {
    const { isFullState, after } = this.#revocation;
    if (!this.lacksRevocations) return { revocation: after };
    const { revocations, latest, more } = revocationPage(this.#facts.revocations, after);
    this.#revocation = { after: latest, isFullState: false };
    // The next page waits for this one to be written, not for news.
    if (more) this.#isAwake = true;
    return {
      revocations: revocations.map(revocationToWire),
      is_full_state: isFullState,
      revocation: latest,
      more,
    };
  }

  #takeEndedTasks(): WireTaskInput[] {
    const tasks = [...this.#endedTasks.values()].slice(0, ENDED_TASKS_PER_MESSAGE);
    for (const { id = '' } of tasks) this.#endedTasks.delete(id);
    if (this.#endedTasks.size > 0) this.#isAwake = true;
    return tasks;
  }
}
