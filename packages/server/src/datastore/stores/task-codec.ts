import { StoreError, TASK_END_CODES, taskEndCauseOf, type Task, type TaskPolicy } from '@signet/core';
import type { TaskEndOrder } from '../task-store.ts';
import { endCauses } from '../sql/task-end-causes.ts';
import type { TaskEndingInput } from '../sql/task-ends.ts';
import type { TaskPolicyRow, TaskRow } from '../sql/task-rows.ts';

/** A stored task as a value. @throws {StoreError} `ERR_STORE_CORRUPT` its end is none of ours. */
export function decodeTask(row: TaskRow): Task {
  return {
    id: row.id,
    parentId: row.parent_id,
    purpose: row.purpose,
    spiffeId: row.spiffe_id,
    entryId: row.entry_id,
    agentId: row.agent_id,
    audiences: JSON.parse(row.audiences) as readonly string[],
    destinations: JSON.parse(row.destinations) as readonly string[],
    beganAt: row.began_at,
    deadline: row.deadline,
    depth: row.depth,
    budget: row.budget,
    issued: row.issued,
    begunBy: row.begun_by,
    offlineLease: row.offline_lease,
    ...(row.end_cause !== endCauses.none && { end: decodeEnd(row) }),
  };
}

function decodeEnd({ id, end_cause, ended_at, end_detail }: TaskRow): NonNullable<Task['end']> {
  const cause = taskEndCauseOf(end_cause);
  if (cause === undefined) throw new StoreError('ERR_STORE_CORRUPT', `task ${id} cannot be read`);
  return { cause, at: ended_at, detail: end_detail };
}

/** An end as it is stored. */
export function encodeEnding({ id, cause, detail, endedAt }: TaskEndOrder): TaskEndingInput {
  return { id, end_cause: TASK_END_CODES[cause], ended_at: endedAt, end_detail: detail };
}

/** A stored policy as a value. */
export function decodeTaskPolicy({ is_task_only, max_ttl, offline_lease }: TaskPolicyRow): TaskPolicy {
  return { isTaskOnly: is_task_only === 1, maxTtl: max_ttl, offlineLease: offline_lease };
}

/** A policy as it is stored. */
export function encodeTaskPolicy({
  isTaskOnly,
  maxTtl,
  offlineLease,
}: TaskPolicy): Omit<TaskPolicyRow, 'entry_id'> {
  return { is_task_only: isTaskOnly ? 1 : 0, max_ttl: maxTtl, offline_lease: offlineLease };
}
