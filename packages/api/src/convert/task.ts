import {
  DEFAULT_TASK_POLICY,
  isTaskId,
  MAX_TASK_OFFLINE_LEASE,
  MAX_TASK_TTL,
  SignetError,
  type Task,
  type TaskEndCause,
  type TaskPolicy,
} from '@signet/core';
import type { TaskInput, TaskOutput } from '../gen/signet/types/v1/Task.ts';
import type { TaskEndOutput } from '../gen/signet/types/v1/TaskEnd.ts';
import type { TaskPolicyInput, TaskPolicyOutput } from '../gen/signet/types/v1/TaskPolicy.ts';

const END_NAMES: Readonly<Record<TaskEndCause, TaskEndOutput>> = {
  finished: 'TASK_END_FINISHED',
  streamClosed: 'TASK_END_STREAM_CLOSED',
  processExited: 'TASK_END_PROCESS_EXITED',
  processTreeGone: 'TASK_END_PROCESS_TREE_GONE',
  deadline: 'TASK_END_DEADLINE',
  budgetSpent: 'TASK_END_BUDGET_SPENT',
  parentEnded: 'TASK_END_PARENT_ENDED',
  entryGone: 'TASK_END_ENTRY_GONE',
  agentLost: 'TASK_END_AGENT_LOST',
  operator: 'TASK_END_OPERATOR',
};

const causes: ReadonlyMap<string, TaskEndCause> = new Map(
  Object.entries(END_NAMES).map(([cause, name]) => [name, cause as TaskEndCause]),
);

/** The wire's name of an end. */
export function taskEndToWire(cause: TaskEndCause): TaskEndOutput {
  return END_NAMES[cause];
}

/** The end that a message names; undefined for none, and for one that this version does not know. */
export function taskEndFromWire(wire: TaskEndOutput): TaskEndCause | undefined {
  return causes.get(wire);
}

/** A task as the APIs carry it. */
export function taskToWire(task: Task): TaskInput {
  return {
    ...endedTaskToWire(task),
    purpose: task.purpose,
    audiences: [...task.audiences],
    destinations: [...task.destinations],
  };
}

/** A task without what it was for and its scope, which may be long: for telling that many ended. */
export function endedTaskToWire(task: Task): TaskInput {
  const { end } = task;
  return {
    id: task.id,
    parent_id: task.parentId,
    spiffe_id: task.spiffeId,
    entry_id: task.entryId,
    agent_id: task.agentId,
    began_at: task.beganAt,
    deadline: task.deadline,
    budget: task.budget,
    issued: task.issued,
    state: end === undefined ? 'TASK_STATE_ACTIVE' : 'TASK_STATE_ENDED',
    end: end === undefined ? 'TASK_END_UNSPECIFIED' : END_NAMES[end.cause],
    ended_at: end?.at ?? 0,
    end_detail: end?.detail ?? '',
    depth: task.depth,
    begun_by: task.begunBy,
    offline_lease: task.offlineLease,
  };
}

/**
 * Reads a task.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` its ID or a time is none. An end of an unknown kind is read as `operator`:
 *   it ended, whatever for.
 */
export function taskFromWire(wire: TaskOutput): Task {
  const endedAt = time(wire.ended_at);
  const hasEnded = wire.state === 'TASK_STATE_ENDED';
  return {
    id: taskId(wire.id),
    parentId: wire.parent_id === '' ? '' : taskId(wire.parent_id),
    purpose: wire.purpose,
    spiffeId: wire.spiffe_id,
    entryId: wire.entry_id,
    agentId: wire.agent_id,
    audiences: wire.audiences,
    destinations: wire.destinations,
    beganAt: time(wire.began_at),
    deadline: time(wire.deadline),
    budget: wire.budget,
    issued: wire.issued,
    depth: wire.depth,
    begunBy: wire.begun_by,
    offlineLease: Math.max(0, wire.offline_lease),
    ...(hasEnded && {
      end: { cause: taskEndFromWire(wire.end) ?? 'operator', at: endedAt, detail: wire.end_detail },
    }),
  };
}

/** What an entry says of tasks, as the APIs carry it. */
export function taskPolicyToWire({ isTaskOnly, maxTtl, offlineLease }: TaskPolicy): TaskPolicyInput {
  return { is_task_only: isTaskOnly, max_ttl: maxTtl, offline_lease: offlineLease };
}

/** Reads a policy; none is the default one. @throws {SignetError} `ERR_INVALID_ARGUMENT` a time is out of its bounds. */
export function taskPolicyFromWire(wire: TaskPolicyOutput | null): TaskPolicy {
  if (wire === null) return DEFAULT_TASK_POLICY;
  return {
    isTaskOnly: wire.is_task_only,
    maxTtl: bounded(wire.max_ttl, MAX_TASK_TTL, 'longest time of a task'),
    offlineLease: bounded(wire.offline_lease, MAX_TASK_OFFLINE_LEASE, 'offline lease'),
  };
}

function taskId(text: string): string {
  if (isTaskId(text)) return text;
  throw new SignetError('ERR_INVALID_ARGUMENT', 'task has an invalid ID');
}

function time(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new SignetError('ERR_INVALID_ARGUMENT', 'task has an invalid time');
}

function bounded(value: number, most: number, what: string): number {
  if (value >= 0 && value <= most) return value;
  throw new SignetError('ERR_INVALID_ARGUMENT', `the ${what} must be 0 to ${most} seconds`);
}
