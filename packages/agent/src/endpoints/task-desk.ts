import type { Metadata } from '@grpc/grpc-js';
import {
  AgentError,
  AuthorizationError,
  formatSelector,
  isTaskId,
  type RegistrationEntry,
  type Task,
} from '@signet/core';
import type { PeerRegistry, UnixPeer } from '@signet/daemon';
import { requireAlive, requireSameProcess } from '../attestation/workload-process.ts';
import type { FairGate } from '../fair-gate.ts';
import type { AgentTasks } from '../tasks/agent-tasks.ts';
import type { BeginRequest } from '../tasks/begin-request.ts';
import { chooseEntry } from '../tasks/choose-entry.ts';
import type { HeldTask } from '../tasks/held-task.ts';
import { noSuchTask } from '../tasks/task-end.ts';
import type { TaskEntries } from '../tasks/task-entries.ts';
import { type Caller, type CallerDeps, identifyCaller, requireStillSame } from './caller.ts';
import { callerWorkload, type CallerWorkloadDeps } from './caller-workload.ts';
import { noIdentity } from './entitlement.ts';
import { type TaskCaller, taskWorkload, type TaskWorkloadDeps } from './task-workload.ts';
import type { WorkloadCall } from './workload-api.ts';
import type { Workload } from './workload.ts';

/** Who begins a task, and for what. */
export interface Beginner extends TaskCaller {
  readonly entry: RegistrationEntry;
  readonly parent: HeldTask | undefined;
}

/** What callers of one socket may do, and with which tasks. Each throws when the caller may not. */
export interface TaskDesk {
  /** For whom a call of the Workload API is answered. */
  workload(call: WorkloadCall): Promise<Workload>;
  /** Who may know of revocations. */
  verifier(call: WorkloadCall): Promise<UnixPeer>;
  beginner(call: WorkloadCall, request: BeginRequest): Promise<Beginner>;
  find(call: WorkloadCall, taskId: string): Promise<HeldTask>;
  list(call: WorkloadCall): Promise<readonly Task[]>;
}

/** What the desk of the ordinary socket needs. */
export interface OpenDeskDeps extends CallerDeps, CallerWorkloadDeps, TaskWorkloadDeps {
  readonly tasks: AgentTasks;
  readonly taskEntries: Pick<TaskEntries, 'match' | 'settled'>;
}

/** Names the task that a call is about; without it a call is about the caller. */
const TASK_HEADER = 'signet-task-id';

/**
 * The desk of the Workload API's socket: callers are attested, and get what their entries say. Who names a task gets that
 * task's, if it is the one that began it.
 */
export function openDesk(deps: OpenDeskDeps): TaskDesk {
  const caller = (call: WorkloadCall): Promise<Caller> => identifyCaller(call.getPeer(), deps);
  return {
    workload: async (call) => {
      const attested = await caller(call);
      const taskId = namedTask(call.metadata);
      if (taskId === undefined) return callerWorkload(attested, deps);
      const task = deps.tasks.find(taskId, attested.peer, entriesOf(attested, deps));
      return taskWorkload(task, taskCaller(attested), deps);
    },
    verifier: async (call) => {
      const attested = await caller(call);
      const isEntitled =
        entriesOf(attested, deps).length > 0 || (deps.allowUnauthenticatedVerifiers && attested.complete);
      if (!isEntitled) throw noIdentity(attested, deps.isSynced());
      return attested.peer;
    },
    beginner: async (call, { spiffeId, parentId }) => {
      const attested = await caller(call);
      await deps.taskEntries.settled();
      const entries = entriesOf(attested, deps);
      const entry = chooseEntry(entries, spiffeId);
      if (entry === undefined) throw noIdentity(attested, deps.isSynced());
      const parent = parentId === undefined ? undefined : deps.tasks.find(parentId, attested.peer, []);
      return { ...taskCaller(attested), entry, parent };
    },
    find: async (call, taskId) => deps.tasks.find(taskId, (await caller(call)).peer, []),
    list: async (call) => {
      const attested = await caller(call);
      const { peer } = attested;
      return deps.gate.run(peer.share, () =>
        inPromise(() => deps.tasks.list(peer, entriesOf(attested, deps))),
      );
    },
  };
}

/** What the desk of a task's own socket needs. */
export interface TreeDeskDeps extends TaskWorkloadDeps {
  readonly peers: () => PeerRegistry;
  readonly tasks: AgentTasks;
  /** turns of users. */
  readonly gate: FairGate<string>;
}

/**
 * The desk of a task's own socket: whoever is of its tree of processes acts for the task, whatever program it is; all
 * others are refused. Tasks that are begun here are part of the task.
 */
export function treeDesk(task: HeldTask, deps: TreeDeskDeps): TaskDesk {
  const member = (call: WorkloadCall): Promise<TaskCaller> => {
    const peer = deps.peers().resolve(call.getPeer());
    if (peer?.kind !== 'unix') throw new AgentError('ERR_UNAVAILABLE', 'the connection has gone');
    return deps.gate.run(peer.share, () => inPromise(() => admitMember(task, peer, deps)));
  };
  const find = (taskId: string, { peer }: TaskCaller): HeldTask => {
    const found = deps.tasks.find(taskId, peer, []);
    if (found !== task && !deps.tasks.isBelow(found, task)) throw noSuchTask();
    return found;
  };
  return {
    workload: async (call) => {
      const caller = await member(call);
      const taskId = namedTask(call.metadata);
      return taskWorkload(taskId === undefined ? task : find(taskId, caller), caller, deps);
    },
    verifier: async (call) => (await member(call)).peer,
    beginner: async (call, { spiffeId, parentId }) => {
      const caller = await member(call);
      requireSameProcess(caller.peer);
      const { entry } = task;
      if (spiffeId !== undefined && !spiffeId.equals(entry.spiffeId))
        throw noIdentity({ complete: true }, true);
      return { ...caller, entry, parent: parentId === undefined ? task : find(parentId, caller) };
    },
    find: async (call, taskId) => find(taskId, await member(call)),
    list: async (call) => {
      await member(call);
      return [task, ...deps.tasks.below(task)].map((each) => each.task);
    },
  };
}

/** @throws {AuthorizationError} `ERR_PERMISSION_DENIED` for a process of no such tree; {TaskError} `ERR_TASK_ENDED`. */
function admitMember(task: HeldTask, peer: UnixPeer, { tasks }: TreeDeskDeps): TaskCaller {
  task.requireActive();
  if (!task.isUsableBy(peer)) {
    peer.retire('not of the task');
    throw new AuthorizationError('ERR_PERMISSION_DENIED', 'the caller is not a process of this task');
  }
  tasks.look(task);
  return { peer, requireSame: () => requireAlive(peer) };
}

function taskCaller(caller: Caller): TaskCaller {
  return { peer: caller.peer, requireSame: () => requireStillSame(caller) };
}

/** @throws {TaskError} `ERR_NOT_FOUND` for what is no task's ID. */
function namedTask(metadata: Metadata): string | undefined {
  const [id, ...more] = metadata.get(TASK_HEADER);
  if (id === undefined) return undefined;
  if (more.length > 0 || typeof id !== 'string' || !isTaskId(id)) throw noSuchTask();
  return id;
}

/** The caller's ordinary entries, and those that it has in tasks only. */
function entriesOf(
  { selectors }: Caller,
  { views, taskEntries }: OpenDeskDeps,
): readonly RegistrationEntry[] {
  const { entries } = views.view(selectors);
  const ids = new Set(entries.map((entry) => entry.id));
  const ofTasks = taskEntries.match(new Set(selectors.map(formatSelector)));
  return [...entries, ...ofTasks.filter((entry) => !ids.has(entry.id))];
}

function inPromise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
