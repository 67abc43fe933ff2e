import {
  isExpiredEntry,
  narrowTaskScope,
  StoreError,
  type TaskBounds,
  TaskError,
  type TaskScope,
} from '@signet/core';
import type { NewTask } from '../task-store.ts';
import { findAgentRow } from './agent-rows.ts';
import { recordChange } from './change-operations.ts';
import { findEntryRow, type EntryRow } from './entry-rows.ts';
import { prepare } from './statement.ts';
import { firstRow, run, type Steps } from './steps.ts';
import { endCauses } from './task-end-causes.ts';
import { requireTaskRoom } from './task-room.ts';
import {
  findTaskPolicyRow,
  findTaskRow,
  NO_NAME,
  taskColumns,
  type TaskPolicyRow,
  type TaskRow,
} from './task-rows.ts';
import type { WriteContext } from './write-context.ts';

/** The task, and whether this call began it. */
export interface BeginTaskOutput {
  readonly isNew: boolean;
  readonly row: TaskRow;
}

const insertTask = prepare<TaskRow>((db, value) =>
  db.insertInto('tasks').values({
    id: value('id'),
    parent_id: value('parent_id'),
    purpose: value('purpose'),
    spiffe_id: value('spiffe_id'),
    entry_id: value('entry_id'),
    agent_id: value('agent_id'),
    audiences: value('audiences'),
    destinations: value('destinations'),
    began_at: value('began_at'),
    deadline: value('deadline'),
    depth: value('depth'),
    budget: value('budget'),
    offline_lease: value('offline_lease'),
    begun_by: value('begun_by'),
    idempotency_key: value('idempotency_key'),
  }),
);

const selectByKey = prepare<{ agentId: string; idempotencyKey: string }, TaskRow>((db, value) =>
  db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('agent_id', '=', value('agentId'))
    .where('idempotency_key', '=', value('idempotencyKey'))
    .where('idempotency_key', '<>', NO_NAME),
);

/** @see TaskStore.begin */
export function* beginTask(input: NewTask, context: WriteContext): Steps<BeginTaskOutput> {
  const known = yield* firstRow(selectByKey(input));
  if (known !== undefined) return { isNew: false, row: yield* requireSame(known, input) };
  const entry = yield* requireEntry(input.entryId, context.at);
  yield* requireAgent(input.agentId);
  const parent = yield* requireParent(input, context.at);
  const policy = yield* firstRow(findTaskPolicyRow({ entry_id: entry.id }));
  const scope = narrowTaskScope(input.request, boundsOf(entry, parent, policy, context.at));
  yield* requireTaskRoom(input, context.at);
  const row = rowOf(input, scope, entry, policy, context.at);
  yield* run(insertTask(row));
  yield* recordChange(context, { kind: 'task', id: row.id, row });
  return { isNew: true, row };
}

/** The task as it was begun, if this call is a repetition of that one: what it asks for comes to the same. */
function* requireSame(row: TaskRow, input: NewTask): Steps<TaskRow> {
  const entry = yield* firstRow(findEntryRow({ id: row.entry_id }));
  const policy = yield* firstRow(findTaskPolicyRow({ entry_id: row.entry_id }));
  const parent = row.parent_id === '' ? undefined : yield* firstRow(findTaskRow({ id: row.parent_id }));
  const bounds = boundsOf(entry, parent, policy, row.began_at);
  if (isOfSameNames(row, input) && isOfSameScope(row, narrowTaskScope(input.request, bounds))) return row;
  throw new StoreError('ERR_ALREADY_EXISTS', 'the idempotency key is that of another task');
}

function isOfSameNames(row: TaskRow, { entryId, parentId, begunBy, request }: NewTask): boolean {
  return (
    row.entry_id === entryId &&
    row.parent_id === parentId &&
    row.begun_by === begunBy &&
    row.purpose === request.purpose &&
    row.budget === request.budget
  );
}

function isOfSameScope(row: TaskRow, { audiences, destinations, deadline }: TaskScope): boolean {
  return (
    row.audiences === JSON.stringify(audiences) &&
    row.destinations === JSON.stringify(destinations) &&
    row.deadline === deadline
  );
}

function boundsOf(
  entry: Pick<EntryRow, 'expires_at'> | undefined,
  parent: TaskRow | undefined,
  policy: TaskPolicyRow | undefined,
  now: number,
): TaskBounds {
  return {
    policy: { maxTtl: policy?.max_ttl ?? 0 },
    entryExpiresAt: entry?.expires_at ?? 0,
    parent: parent && scopeOf(parent),
    now,
  };
}

function* requireEntry(id: string, at: number): Steps<EntryRow> {
  const entry = yield* firstRow(findEntryRow({ id }));
  if (entry !== undefined && !isExpiredEntry({ expiresAt: entry.expires_at }, at)) return entry;
  throw new StoreError('ERR_NOT_FOUND', 'entry not found or not authorized');
}

function* requireAgent(id: string): Steps<void> {
  const agent = yield* firstRow(findAgentRow({ id }));
  if (agent === undefined) throw new StoreError('ERR_NOT_FOUND', 'agent not found');
  if (agent.serial_number === '') throw new StoreError('ERR_PERMISSION_DENIED', 'agent is banned');
}

function* requireParent({ parentId, agentId }: NewTask, at: number): Steps<TaskRow | undefined> {
  if (parentId === '') return undefined;
  const parent = yield* firstRow(findTaskRow({ id: parentId }));
  if (parent?.agent_id !== agentId) throw new TaskError('ERR_NOT_FOUND', 'task not found');
  if (parent.end_cause !== endCauses.none || parent.deadline <= at) {
    throw new TaskError('ERR_TASK_ENDED', 'the parent has ended');
  }
  return parent;
}

function scopeOf({ audiences, destinations, deadline, depth }: TaskRow): TaskScope {
  return {
    audiences: JSON.parse(audiences) as readonly string[],
    destinations: JSON.parse(destinations) as readonly string[],
    deadline,
    depth,
  };
}

function rowOf(
  { id, parentId, agentId, request, begunBy, idempotencyKey }: NewTask,
  scope: TaskScope,
  entry: EntryRow,
  policy: TaskPolicyRow | undefined,
  at: number,
): TaskRow {
  return {
    id,
    parent_id: parentId,
    purpose: request.purpose,
    spiffe_id: entry.spiffe_id,
    entry_id: entry.id,
    agent_id: agentId,
    audiences: JSON.stringify(scope.audiences),
    destinations: JSON.stringify(scope.destinations),
    began_at: at,
    deadline: scope.deadline,
    depth: scope.depth,
    budget: request.budget,
    issued: 0,
    last_expiry: 0,
    offline_lease: policy?.offline_lease ?? 0,
    begun_by: begunBy,
    idempotency_key: idempotencyKey,
    end_cause: endCauses.none,
    ended_at: 0,
    end_detail: '',
  };
}
