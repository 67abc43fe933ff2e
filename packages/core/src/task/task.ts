import type { Seconds, UnixSeconds } from '../time.ts';

/** Why a task ended. */
export type TaskEndCause =
  /** Its owner said so. */
  | 'finished'
  /** The stream that held it closed. */
  | 'streamClosed'
  /** The process that began it exited or was killed. */
  | 'processExited'
  /** The last process of its tree is gone. */
  | 'processTreeGone'
  | 'deadline'
  | 'budgetSpent'
  | 'parentEnded'
  /** The entry of its owner was deleted, expired, or changed what it identifies. */
  | 'entryGone'
  /** Its agent was banned, evicted, or silent for longer than its lease. */
  | 'agentLost'
  /** An operator or orchestrator ended it. */
  | 'operator';

/** The numbers of the ends, as on the wire. */
export const TASK_END_CODES: Readonly<Record<TaskEndCause, number>> = {
  finished: 1,
  streamClosed: 2,
  processExited: 3,
  processTreeGone: 4,
  deadline: 5,
  budgetSpent: 6,
  parentEnded: 7,
  entryGone: 8,
  agentLost: 9,
  operator: 10,
};

const causes: ReadonlyMap<number, TaskEndCause> = new Map(
  Object.entries(TASK_END_CODES).map(([cause, code]) => [code, cause as TaskEndCause]),
);

/** The end of that number; undefined for none. */
export function taskEndCauseOf(code: number): TaskEndCause | undefined {
  return causes.get(code);
}

/** How a task ended; the first end stands. */
export interface TaskEnding {
  readonly cause: TaskEndCause;
  readonly at: UnixSeconds;
  /** What the one who ended it said. */
  readonly detail: string;
}

/** What a task may do, as its owner declared it; below it, only less. */
export interface TaskScope {
  /** Audiences that JWT-SVIDs of the task may name; empty: any. */
  readonly audiences: readonly string[];
  /** SPIFFE IDs that the task may connect to; empty: any. */
  readonly destinations: readonly string[];
  readonly deadline: UnixSeconds;
  /** Tasks above it. */
  readonly depth: number;
}

/** A piece of work that credentials are issued for and end with. */
export interface Task extends TaskScope {
  /** 22 characters of base64url. */
  readonly id: string;
  /** '' for a task without a parent. */
  readonly parentId: string;
  /** 1 to 256 printable characters. */
  readonly purpose: string;
  /** SPIFFE ID of the owner: the subject of every credential of the task. */
  readonly spiffeId: string;
  readonly entryId: string;
  /** SPIFFE ID of the agent that serves it. */
  readonly agentId: string;
  readonly beganAt: UnixSeconds;
  /** Credentials that may be issued in it and below it; 0: no limit. */
  readonly budget: number;
  /** Credentials that were. */
  readonly issued: number;
  /** Who began it through the operators' API; '' when a workload did. */
  readonly begunBy: string;
  /** How long it may go on while the server cannot be reached. */
  readonly offlineLease: Seconds;
  /** Absent while it is active. */
  readonly end?: TaskEnding;
}

/** What an entry says of the tasks of its workload. */
export interface TaskPolicy {
  /** Nothing is issued to the workload outside a task. */
  readonly isTaskOnly: boolean;
  /** Longest that a task may last; 0: a day. */
  readonly maxTtl: Seconds;
  /** How long tasks may go on while the server cannot be reached; 0: not at all. */
  readonly offlineLease: Seconds;
}

/** What holds for an entry that says nothing of tasks. */
export const DEFAULT_TASK_POLICY: TaskPolicy = { isTaskOnly: false, maxTtl: 0, offlineLease: 0 };
