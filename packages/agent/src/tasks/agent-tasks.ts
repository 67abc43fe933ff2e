import { randomUUID } from 'node:crypto';
import { type BeginTaskResponseOutput, taskFromWire, type WireTaskOutput } from '@signet/api';
import {
  AgentError,
  type Clock,
  nowSeconds,
  type RegistrationEntry,
  SignetError,
  type Task,
  type TaskEndCause,
  type TaskEnding,
  type TaskRequest,
} from '@signet/core';
import {
  after,
  LineLimiter,
  type Logger,
  type Metrics,
  monotonicMs,
  ProcessExits,
  type Timer,
  type UnixPeer,
} from '@signet/daemon';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import { isTokenRevoked } from '../revocation/withdraw-revoked.ts';
import { callUnary } from '../server-api/call.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { EndReports } from './end-reports.ts';
import { HeldTask } from './held-task.ts';
import { HeldTasks } from './held-tasks.ts';
import { applyEnd } from './local-ends.ts';
import { type FollowedTree, ProcessTrees } from './process-trees.ts';
import { Lineages } from './lineages.ts';
import { forCaller } from './server-refusal.ts';
import { TaskCredentials, type TaskCredentialsDeps } from './task-credentials.ts';
import { noSuchTask, taskEndText } from './task-end.ts';
import type { TaskJournal, TaskRemains, TaskReport } from './task-journal.ts';
import { type ReconciledTasks, Reconciler } from './reconciler.ts';
import type { Shares } from './shares.ts';
import { TaskAdmission } from './task-admission.ts';
import { type TaskLimits, taskLimits } from './task-limits.ts';
import type { TaskOwner } from './task-owner.ts';

/** What holding tasks needs. */
export interface AgentTasksDeps extends TaskCredentialsDeps {
  readonly connection: Pick<ServerConnection, 'use'>;
  readonly revocations: AgentRevocations;
  readonly journal: TaskJournal;
  readonly remains: TaskRemains;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The entry of that ID, for tasks that others began. */
  readonly entry: (id: string) => RegistrationEntry | undefined;
  /** Has the server's feed opened again soon. */
  readonly wantServer: () => void;
  /** default: {@link taskLimits} */
  readonly limits?: TaskLimits;
}

/** What a workload wants to begin. */
export interface TaskOrder {
  /** checked. */
  readonly request: TaskRequest;
  readonly entry: RegistrationEntry;
  readonly parent: HeldTask | undefined;
  /** the share of the user. */
  readonly user: string;
  /** Holds the owner, for as long as the task may last; throws when it is not what it was any more. */
  readonly hold: () => TaskOwner;
  readonly isTree: boolean;
}

/** A task with what has to be undone at its end. */
interface Held {
  readonly task: HeldTask;
  readonly undo: (() => void)[];
  loss: Timer | undefined;
  tree: FollowedTree | undefined;
}

/** Of one user and kind. */
const LINES_A_MINUTE = 120;
/** Before the server has said how often it speaks. */
const HEARTBEAT_MS = 5_000;
const HEARTBEATS_MISSED = 3;
/** The server tells of ends by itself; when it does not, the refusal is the news. */
const REFUSAL_PATIENCE_MS = 500;
/** How long a begin waits for a server that is on its way back. */
const RETURN_MS = 1_500;
/** How long an end waits for what to call it. */
const LOOK_MS = 250;
const STOP_MS = 2_000;

/**
 * The tasks that this agent serves: begun with the server's consent, ended by whichever end comes first, here or there.
 *
 * An end that is seen here counts at once: material is dropped, streams are told, and the agent's own verifier refuses what
 * was issued. The server is told until it has acknowledged it.
 */
export class AgentTasks {
  readonly #deps: AgentTasksDeps;
  readonly #admission: TaskAdmission;
  readonly #reconciler: Reconciler;
  readonly #held = new HeldTasks<Held>();
  readonly #exits = new ProcessExits();
  readonly #lineages = new Lineages();
  readonly #trees = new ProcessTrees(this.#exits);
  readonly #reports: EndReports;
  readonly #beginning = new Set<Promise<unknown>>();
  readonly #lines: LineLimiter;
  readonly #stopFollowing: () => void;
  #heartbeatMs = HEARTBEAT_MS;
  #contactAtMs = monotonicMs();
  #isConnected = false;
  #wasConnected = false;
  readonly #returns = new Set<() => void>();

  constructor(deps: AgentTasksDeps) {
    this.#deps = deps;
    this.#admission = new TaskAdmission(deps.limits ?? taskLimits());
    this.#reconciler = new Reconciler(deps, this.#reconciled());
    this.#reports = new EndReports(deps, this.#endsOfLastRun());
    this.#lines = new LineLimiter({
      most: LINES_A_MINUTE,
      report: (user, count) => deps.logger.info('More tasks began and ended', { user, count }),
    });
    this.#applyPending();
    this.#stopFollowing = deps.revocations.onChange(({ revocations, isFullState }) => {
      if (isFullState) this.#applyPending();
      // Ends of tasks are told by themselves.
      if (revocations.some(({ target }) => target.kind !== 'task')) this.#withdrawRevoked();
    });
  }

  /** Connections to the sockets of tasks, counted. */
  get connections(): Shares {
    return this.#admission.connections;
  }

  /** Those of processes that are not of the task's tree. */
  get strangers(): Shares {
    return this.#admission.strangers;
  }

  get count(): number {
    return this.#held.size;
  }

  /**
   * Begins a task with the server.
   *
   * @throws {AgentError} `ERR_UNAVAILABLE` while the server is away; {TaskError} `ERR_TASK_LIMIT` for too many; what the
   * server refuses it with.
   */
  async begin(order: TaskOrder): Promise<HeldTask> {
    // Those that wait for the server count as well.
    const leave = this.#admission.enter(order.user, order.isTree);
    try {
      if (!this.#isConnected) await this.#waitForServer();
      if (!this.#isConnected) throw serverAway(this.#wasConnected);
      order.parent?.requireActive();
      this.#admission.spend(order.user);
      return await this.#beginCounted(order, leave);
    } catch (error) {
      leave();
      throw forCaller(error);
    }
  }

  /**
   * The task that a caller names and may use: its owner, or a process below it where that counts; for a task of an
   * orchestrator whoever has its entry.
   *
   * @throws {TaskError} `ERR_NOT_FOUND`, whatever the reason.
   */
  find(id: string, peer: UnixPeer, entries: readonly RegistrationEntry[]): HeldTask {
    const held = this.#held.get(id);
    if (held === undefined) throw noSuchTask();
    const { task } = held;
    const isHolder = task.owner === undefined && entries.some((entry) => entry.id === task.entry.id);
    if (!isHolder && !task.isUsableBy(peer)) throw noSuchTask();
    held.tree?.look();
    return task;
  }

  /** A process of the task's tree was seen. */
  look({ id }: HeldTask): void {
    this.#held.get(id)?.tree?.look();
  }

  /**
   * Tasks of these entries, and those that the caller may use, the oldest first. Nobody's parents are looked at for a caller
   * that has no entry, and whose user has no task.
   */
  list(peer: UnixPeer, entries: readonly RegistrationEntry[]): readonly Task[] {
    const ids = new Set(entries.map((entry) => entry.id));
    const held = this.#held.all().map(({ task }) => task);
    if (ids.size === 0 && !held.some(({ owner }) => owner?.share === peer.share)) return [];
    return held.filter((task) => ids.has(task.entry.id) || task.isUsableBy(peer)).map(({ task }) => task);
  }

  /** The active tasks below a task. */
  below({ id }: HeldTask): readonly HeldTask[] {
    return this.#held.below(id).map(({ task }) => task);
  }

  /** Whether an active task is below another one. */
  isBelow(task: HeldTask, above: HeldTask): boolean {
    return this.#held.isBelow(task.id, above.id);
  }

  /** Ends a task because its owner says so. A tree that is empty is called that, if that can be seen at once. */
  async finish(task: HeldTask): Promise<void> {
    const { owner } = task;
    const isEmpty = task.isTree && owner !== undefined && (await this.#isEmptyNow(owner));
    this.end(task, isEmpty ? 'processTreeGone' : 'finished');
  }

  /** Ends a task, and all below it. Nothing happens when it has ended before. */
  end(task: HeldTask, cause: TaskEndCause, detail = ''): void {
    this.#end(task, { cause, detail, at: nowSeconds(this.#deps.clock) }, true);
  }

  /** The server is current with the agent. */
  contact(heartbeatMs: number): void {
    this.#heartbeatMs = heartbeatMs;
    this.#contactAtMs = monotonicMs();
  }

  /** The server tells of ends again. */
  connected(): void {
    this.#isConnected = true;
    this.#wasConnected = true;
    for (const resolve of this.#returns) resolve();
    this.#returns.clear();
    this.#contactAtMs = monotonicMs();
    for (const held of this.#held.all()) held.loss?.cancel();
    this.reconcile();
  }

  /** The server cannot be heard: tasks go on for their lease, counted from when it was heard last. */
  lost(): void {
    this.#isConnected = false;
    for (const held of this.#held.all()) this.#limitBySilence(held);
  }

  /** Ends that the server tells of. */
  endedElsewhere(tasks: readonly WireTaskOutput[]): void {
    for (const wire of tasks) {
      const task = this.#read(wire);
      const held = task && this.#held.get(task.id);
      if (task?.end === undefined) continue;
      if (held === undefined) this.#reports.settle(task.id);
      else this.#end(held.task, task.end, false);
    }
  }

  /** Makes both sides agree on what is active. */
  reconcile(): void {
    if (this.#isConnected) this.#reconciler.run();
  }

  /** Ends all tasks, and tells the server if it can be told. */
  async close(): Promise<void> {
    this.#stopFollowing();
    for (const { task } of this.#held.all()) this.end(task, 'agentLost', 'the agent was stopped');
    const patience = new Promise<void>((resolve) => void after(STOP_MS, resolve, { holdsProcess: true }));
    if (this.#isConnected) await Promise.race([this.#reports.flushed(), patience]);
    this.#reconciler.close();
    this.#reports.close();
    this.#trees.close();
    this.#exits.close();
  }

  #endsOfLastRun(): AgentTasksDeps['remains']['reports'] {
    const { remains, clock } = this.#deps;
    const at = nowSeconds(clock);
    const detail = 'the agent was restarted';
    const active = remains.active.map(({ taskId, deadline: issuedUntil }) => ({
      taskId,
      cause: 'agentLost' as const,
      detail,
      at,
      issuedUntil,
    }));
    return [...remains.reports, ...active];
  }

  #applyPending(): void {
    for (const report of this.#reports.unheard()) applyEnd(report, this.#deps);
  }

  #isEmptyNow(owner: TaskOwner): Promise<boolean> {
    return new Promise((resolve) => {
      const patience = after(LOOK_MS, () => resolve(false));
      void this.#trees.isAlone(owner).then((isAlone) => {
        patience.cancel();
        resolve(isAlone);
      });
    });
  }

  async #waitForServer(): Promise<void> {
    if (!this.#wasConnected) return;
    this.#deps.wantServer();
    await new Promise<void>((resolve) => {
      this.#returns.add(resolve);
      after(RETURN_MS, () => {
        this.#returns.delete(resolve);
        resolve();
      });
    });
  }

  async #beginCounted(order: TaskOrder, leave: () => void): Promise<HeldTask> {
    const owner = order.hold();
    const work = this.#beginOnServer(order);
    this.#beginning.add(work);
    try {
      return this.#hold(await work, order, owner, leave);
    } catch (error) {
      owner.pidfd.close();
      throw error;
    } finally {
      this.#beginning.delete(work);
    }
  }

  async #beginOnServer({ request, entry, parent }: TaskOrder): Promise<Task> {
    const { connection, clock } = this.#deps;
    const wire = {
      ...request,
      audiences: [...request.audiences],
      destinations: [...request.destinations],
      entry_id: entry.id,
      parent_id: parent?.id ?? '',
      idempotency_key: randomUUID(),
    };
    const { task } = await connection.use((server) =>
      callUnary<BeginTaskResponseOutput>('BeginTask', clock, (options, done) =>
        server.task.BeginTask(wire, options, done),
      ),
    );
    if (task === null) throw new AgentError('ERR_UNAVAILABLE', 'the server answered without a task');
    return taskFromWire(task);
  }

  #hold(task: Task, { entry, isTree }: TaskOrder, owner: TaskOwner, leave: () => void): HeldTask {
    const held = this.#newHeld(task, entry, owner, isTree);
    const { task: heldTask } = held;
    held.undo.push(
      leave,
      this.#exits.watch(owner.pidfd, () => this.end(heldTask, 'processExited')),
    );
    if (isTree) {
      const tree = this.#trees.follow(owner, () => this.end(heldTask, 'processTreeGone'));
      held.tree = tree;
      held.undo.push(() => tree.stop());
    }
    return heldTask;
  }

  #newHeld(task: Task, entry: RegistrationEntry, owner: TaskOwner | undefined, isTree: boolean): Held {
    const { clock, journal, logger } = this.#deps;
    const user = owner?.share ?? task.entryId;
    const credentials = new TaskCredentials({ task, entry, user }, this.#deps, (error) =>
      this.#refused(heldTask, error),
    );
    const heldTask = new HeldTask(
      { task, entry, credentials, owner, isTree, lineages: this.#lineages },
      nowSeconds(clock),
    );
    const held: Held = { task: heldTask, undo: [], loss: undefined, tree: undefined };
    const deadline = after(heldTask.endsAtMs - monotonicMs(), () => this.end(heldTask, 'deadline'));
    held.undo.push(() => deadline.cancel());
    this.#held.add(held);
    if (owner !== undefined) journal.begun(task);
    this.#count();
    const { id: task_id, spiffeId: spiffe_id, purpose } = task;
    if (this.#lines.admit(user)) logger.info('Task began', { task_id, spiffe_id, purpose, pid: owner?.pid });
    // It may have been lost while the server answered.
    if (!this.#isConnected) this.#limitBySilence(held);
    return held;
  }

  #end(task: HeldTask, ending: TaskEnding, isNews: boolean): void {
    const report = this.#endHere(task, ending);
    if (report === undefined) return;
    if (isNews) this.#reports.add(report);
    else this.#reports.settle(task.id);
    // The server ends them with it, and so it is not told of them.
    const parentEnded = { ...ending, cause: 'parentEnded', detail: '' } as const;
    const below = this.#held.below(task.id).map((each) => this.#endHere(each.task, parentEnded));
    this.#reports.addBelow(
      task.id,
      below.filter((each) => each !== undefined),
    );
  }

  /** @returns undefined when it has ended before. */
  #endHere(task: HeldTask, ending: TaskEnding): TaskReport | undefined {
    const held = this.#held.get(task.id);
    if (held === undefined) return undefined;
    this.#held.delete(held);
    held.loss?.cancel();
    for (const undo of held.undo) undo();
    const { issuedUntil } = task.credentials;
    const report = { taskId: task.id, ...ending, issuedUntil };
    applyEnd(report, this.#deps);
    task.finish(ending);
    this.#noteEnd(task, ending);
    return report;
  }

  #noteEnd(task: HeldTask, { cause, detail }: TaskEnding): void {
    const { logger, metrics } = this.#deps;
    this.#count();
    metrics.count(['tasks', 'ended'], 1, { cause });
    if (!this.#lines.admit(task.owner?.share ?? task.entry.id)) return;
    logger.info('Task ended', {
      task_id: task.id,
      cause,
      reason: detail === '' ? taskEndText(cause) : detail,
    });
  }

  #count(): void {
    this.#deps.metrics.gauge(['tasks', 'active'], this.#held.size);
  }

  #limitBySilence(held: Held): void {
    const { offlineLease } = held.task.task;
    const leaseMs = Math.max(offlineLease * 1000, HEARTBEATS_MISSED * this.#heartbeatMs);
    held.loss?.cancel();
    held.loss = after(this.#contactAtMs + leaseMs - monotonicMs(), () =>
      this.end(held.task, 'agentLost', 'the server could not be reached for longer than the lease'),
    );
  }

  /** A refusal may be the first that is heard of the end. */
  #refused(task: HeldTask, error: unknown): void {
    if (!(error instanceof SignetError) || error.code !== 'ERR_FAILED_PRECONDITION') return;
    after(REFUSAL_PATIENCE_MS, () => {
      if (task.ending === undefined) this.reconcile();
    });
  }

  #withdrawRevoked(): void {
    const { set } = this.#deps.revocations;
    for (const { task } of this.#held.all()) {
      task.credentials.withdrawRevoked(
        ({ leaf }) => set.findX509(leaf) !== undefined,
        (token) => isTokenRevoked(token, set),
      );
    }
  }

  #reconciled(): ReconciledTasks {
    return {
      reported: () => this.#reports.flushed(),
      heldIds: () => this.#held.all().map(({ task }) => task.id),
      isHeld: (id) => this.#held.has(id),
      begun: () => Promise.allSettled(this.#beginning),
      notThere: (id) => {
        const held = this.#held.get(id);
        const at = nowSeconds(this.#deps.clock);
        if (held === undefined) return;
        this.#end(held.task, { cause: 'operator', detail: 'the server has ended it', at }, false);
      },
      meet: (task) => this.#meet(task),
    };
  }

  /** A task that the server has and the agent does not hold. @returns false when its entry is not known yet. */
  #meet(task: Task): boolean {
    const { clock, entry } = this.#deps;
    if (this.#reports.isPending(task.id)) return true;
    if (task.begunBy === '') {
      const at = nowSeconds(clock);
      const { id: taskId } = task;
      const issuedUntil = task.issued > 0 ? task.deadline : 0;
      const report = {
        taskId,
        issuedUntil,
        at,
        cause: 'agentLost',
        detail: 'the agent does not hold it',
      } as const;
      applyEnd(report, this.#deps);
      this.#reports.add(report);
      return true;
    }
    const ofOwner = entry(task.entryId);
    if (ofOwner !== undefined) this.#newHeld(task, ofOwner, undefined, false);
    return ofOwner !== undefined;
  }

  #read(wire: WireTaskOutput): Task | undefined {
    try {
      return taskFromWire(wire);
    } catch (error) {
      if (!(error instanceof SignetError)) throw error;
      this.#deps.logger.warn('Ignoring malformed task', { task_id: wire.id, error });
      return undefined;
    }
  }
}

function serverAway(wasConnected: boolean): AgentError {
  const what = wasConnected
    ? 'the server cannot be reached'
    : 'the server has no tasks, or cannot be reached';
  return new AgentError('ERR_UNAVAILABLE', `${what}, and no task begins without it`);
}
