import {
  type Clock,
  nowSeconds,
  parseSpiffeId,
  type RegistrationEntry,
  SignetError,
  type UnixSeconds,
} from '@signet/core';
import { every, type Logger, type Repetition } from '@signet/daemon';
import type { AuthorizedEntries } from '../authz/authorized-entries.ts';
import type { TaskEndOrder, TaskStore } from '../datastore/task-store.ts';
import type { ActiveTask, ActiveTasks } from './active-tasks.ts';
import { DueQueue } from './due-queue.ts';

/** The feeds of agents, as far as the leases of their tasks go. */
export interface AgentPresence {
  isConnected(agentUri: string): boolean;
  /** @param listener - `isGraceful`: the server ended the feed itself, and the agent comes back by another. */
  onLost(listener: (agentUri: string, how: { readonly isGraceful: boolean }) => void): () => void;
}

/** What watching tasks needs. */
export interface TaskWatchDeps {
  readonly active: ActiveTasks;
  /** Guarded: see `guardDatastore`. */
  readonly tasks: Pick<TaskStore, 'end'>;
  readonly agents: AgentPresence;
  readonly authorized: Pick<AuthorizedEntries, 'authorizedEntry'>;
  readonly clock: Clock;
  /** Milliseconds that no setting of a clock moves. */
  readonly monotonicMs: () => number;
  /** How long an agent may take to come back by another feed when the server ended the last one. */
  readonly heartbeatMs: number;
  readonly logger: Logger;
}

/** How often it is looked whether something is due. */
const TICK_MS = 50;
/** How long an agent may be without a feed before its tasks count as lost, beyond their lease. */
const LOST_MS = 500;
/** The same where nobody knows when the agent was last there: after a start, and for tasks of an agent that is away. */
const UNSEEN_MS = 30_000;
/** How often it is looked whether entries still hold. */
const SWEEP_MS = 1_000;
const RETRY_MS = 1_000;
/** Tasks ended in one transaction: a thousand others do not wait for ten thousand. */
const MAX_ENDINGS = 500;

type Ending = Pick<TaskEndOrder, 'cause' | 'detail' | 'endedAt'>;

/**
 * Ends tasks whose deadline has passed, by the clock or by how long they have lasted; those of agents that are gone for
 * longer than their lease; and those of entries that hold no longer.
 */
export class TaskWatch {
  readonly #deps: TaskWatchDeps;
  /** By the monotonic clock: setting the clock back lets no task last longer. */
  readonly #lasted = new DueQueue();
  /** By the clock: setting it forward ends what is over by it, and so do credentials. */
  readonly #deadlines = new DueQueue();
  /** By the monotonic clock. */
  readonly #leases = new DueQueue();
  readonly #stops: (() => void)[];
  readonly #ticking: Repetition;
  #sweepAtMs = 0;

  constructor(deps: TaskWatchDeps) {
    this.#deps = deps;
    const { active, agents, logger } = deps;
    for (const task of active.all()) this.#add(task);
    this.#stops = [
      active.follow({ began: (task) => this.#add(task), ended: (task) => this.#forget(task) }),
      agents.onLost((agentUri, { isGraceful }) => this.#lost(agentUri, isGraceful)),
    ];
    this.#ticking = every(TICK_MS, () => this.tick(), { logger, name: 'Ending of tasks' });
  }

  /** Ends what is due. */
  async tick(): Promise<void> {
    const endings = this.#due();
    for (let at = 0; at < endings.length; at += MAX_ENDINGS)
      await this.#end(endings.slice(at, at + MAX_ENDINGS));
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#ticking.stop();
  }

  #add({ id, deadline, agentId, offlineLease }: ActiveTask): void {
    const { clock, agents, monotonicMs } = this.#deps;
    this.#deadlines.set(id, deadline * 1000);
    this.#lasted.set(id, monotonicMs() + Math.max(0, deadline * 1000 - clock.nowMs()));
    if (!agents.isConnected(agentId)) this.#leases.set(id, monotonicMs() + UNSEEN_MS + offlineLease * 1000);
  }

  #forget({ id }: ActiveTask): void {
    for (const queue of [this.#deadlines, this.#lasted, this.#leases]) queue.delete(id);
  }

  #lost(agentUri: string, isGraceful: boolean): void {
    const { active, monotonicMs, heartbeatMs } = this.#deps;
    const graceMs = isGraceful ? Math.max(heartbeatMs, LOST_MS) : LOST_MS;
    for (const { id, offlineLease } of active.ofAgent(agentUri)) {
      this.#leases.set(id, monotonicMs() + graceMs + offlineLease * 1000);
    }
  }

  #due(): readonly TaskEndOrder[] {
    const { clock, monotonicMs } = this.#deps;
    const [nowMs, lastedMs] = [clock.nowMs(), monotonicMs()];
    const endings = new Map<string, Ending>();
    for (const id of this.#deadlines.take(nowMs, Infinity)) this.#collect(endings, id, overdue);
    for (const id of this.#lasted.take(lastedMs, Infinity)) this.#collect(endings, id, overdue);
    for (const id of this.#leases.take(lastedMs, Infinity))
      this.#collect(endings, id, (task) => this.#lease(task));
    if (lastedMs >= this.#sweepAtMs) this.#sweep(endings, lastedMs);
    return [...endings].map(([id, ending]) => ({ id, ...ending }));
  }

  #collect(
    endings: Map<string, Ending>,
    id: string,
    endingOf: (task: ActiveTask, entry: RegistrationEntry | undefined) => Ending | undefined,
  ): void {
    const task = this.#deps.active.get(id);
    const ending = task && endingOf(task, this.#entryOf(task));
    if (ending !== undefined && !endings.has(id)) endings.set(id, ending);
  }

  #lease({ agentId }: ActiveTask): Ending | undefined {
    if (this.#deps.agents.isConnected(agentId)) return undefined;
    return { cause: 'agentLost', detail: 'its agent was away for longer than its lease', endedAt: 0 };
  }

  /** An entry expires, or is no longer the agent's, without anybody changing it. */
  #sweep(endings: Map<string, Ending>, nowMs: number): void {
    const { active, authorized, clock } = this.#deps;
    const now = nowSeconds(clock);
    // With very many less often, so that it never takes more than a small part of the time.
    this.#sweepAtMs = nowMs + SWEEP_MS * Math.max(1, active.size / 10_000, active.agentCount / 1_000);
    // Agent by agent: what an agent stands for is found out once for all its tasks.
    for (const agentUri of active.agents()) {
      const agentId = parseSpiffeId(agentUri);
      for (const { id, entryId } of active.ofAgent(agentUri)) {
        if (endings.has(id) || authorized.authorizedEntry(agentId, entryId, now) !== undefined) continue;
        endings.set(id, { cause: 'entryGone', detail: 'its entry is no longer its agent’s', endedAt: 0 });
      }
    }
  }

  #entryOf({ agentId, entryId }: ActiveTask): RegistrationEntry | undefined {
    const { authorized, clock } = this.#deps;
    return authorized.authorizedEntry(parseSpiffeId(agentId), entryId, nowSeconds(clock));
  }

  async #end(endings: readonly TaskEndOrder[]): Promise<void> {
    try {
      await this.#deps.tasks.end({ endings, agentId: '', isReported: false, isDryRun: false });
    } catch (error) {
      if (error instanceof SignetError && error.code === 'ERR_NOT_FOUND') return;
      this.#deps.logger.error('Tasks could not be ended; it is tried again', {
        count: endings.length,
        error,
      });
      const again = this.#deps.monotonicMs() + RETRY_MS;
      for (const { id, cause } of endings) {
        (cause === 'agentLost' ? this.#leases : this.#lasted).set(id, again);
      }
    }
  }
}

function overdue({ deadline }: ActiveTask, entry: RegistrationEntry | undefined): Ending {
  const isOfEntry = entry === undefined || expiresBy(entry, deadline);
  if (isOfEntry) return { cause: 'entryGone', detail: 'its entry expired', endedAt: deadline };
  return { cause: 'deadline', detail: '', endedAt: deadline };
}

function expiresBy({ expiresAt }: RegistrationEntry, at: UnixSeconds): boolean {
  return expiresAt !== 0 && expiresAt <= at;
}
