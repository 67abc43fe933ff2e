import {
  isExpiredEntry,
  MAX_REVOKED_TASKS_OF_AGENT,
  MAX_TASKS_OF_AGENT,
  MAX_TASKS_OF_ENTRY,
  narrowTaskScope,
  StoreError,
  type TaskBounds,
  TaskError,
  type TaskRequest,
  type TaskScope,
} from '@signet/core';
import { findAgentRow } from './agent-rows.ts';
import { recordChange } from './change-operations.ts';
import { findEntryRow, type EntryRow } from './entry-rows.ts';
import { createEntry, type EntryWriteOutcome, type NewEntryRow } from './entry-writes.ts';
import { prepare } from './statement.ts';
import { changedRows, firstRow, run, type Steps } from './steps.ts';
import { endCauses } from './task-end-causes.ts';
import { replaceTaskPolicy } from './task-policy-writes.ts';
import {
  ACTIVE,
  findTaskPolicyRow,
  findTaskRow,
  NO_NAME,
  taskColumns,
  type TaskPolicyRow,
  type TaskRow,
} from './task-rows.ts';
import type { WriteContext } from './write-context.ts';

/** A task to begin; plain data. */
export interface BeginTaskInput {
  readonly id: string;
  readonly entryId: string;
  readonly agentId: string;
  /** '' for none. */
  readonly parentId: string;
  /** Checked by itself. */
  readonly request: TaskRequest;
  /** '' for none. */
  readonly idempotencyKey: string;
  readonly begunBy: string;
}

/** The task, and whether this call began it. */
export interface BeginTaskOutput {
  readonly isNew: boolean;
  readonly row: TaskRow;
}

/** A credential that is about to be issued in a task. */
export interface TakeIssueInput {
  readonly id: string;
  readonly agentId: string;
  /** When it expires at the latest. */
  readonly expiresBy: number;
  /** Who it names; none for an X.509-SVID. */
  readonly audience: readonly string[];
}

/** What became of it; a task without budget comes with the one whose budget is spent. */
export type TakeIssueOutput =
  | { readonly outcome: 'taken' | 'ended' | 'spent'; readonly row: TaskRow }
  | { readonly outcome: 'outside'; readonly audience: string }
  | { readonly outcome: 'unknown' };

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

const countOfAgent = prepare<{ agentId: string }, { count: number }>((db, value) =>
  db
    .selectFrom('tasks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agent_id', '=', value('agentId'))
    .where('end_cause', '=', ACTIVE),
);

const countOfEntry = prepare<{ agentId: string; entryId: string }, { count: number }>((db, value) =>
  db
    .selectFrom('tasks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agent_id', '=', value('agentId'))
    .where('entry_id', '=', value('entryId'))
    .where('end_cause', '=', ACTIVE),
);

const findBeyondRevoked = prepare<{ agentId: string; at: number; limit: number }, { id: string }>(
  (db, value) =>
    db
      .selectFrom('tasks')
      .select('id')
      .where('agent_id', '=', value('agentId'))
      .where('end_cause', '<>', ACTIVE)
      .where('last_expiry', '>', value('at'))
      .limit(1)
      .offset(value('limit')),
);

const addIssue = prepare<{ id: string }>((db, value) =>
  db
    .updateTable('tasks')
    .set((eb) => ({ issued: eb('issued', '+', 1) }))
    .where('id', '=', value('id')),
);

const raiseExpiry = prepare<{ id: string; expiresBy: number }>((db, value) =>
  db
    .updateTable('tasks')
    .set({ last_expiry: value('expiresBy') })
    .where('id', '=', value('id'))
    .where('last_expiry', '<', value('expiresBy')),
);

const deleteEnded = prepare<{ endedBefore: number; limit: number }>((db, value) =>
  db
    .deleteFrom('tasks')
    .where('row_id', 'in', (eb) =>
      eb
        .selectFrom('tasks')
        .select('row_id')
        .where('end_cause', '<>', ACTIVE)
        .where('ended_at', '<', value('endedBefore'))
        .orderBy('ended_at')
        .limit(value('limit')),
    ),
);

/** @see TaskStore.begin */
export function* beginTask(input: BeginTaskInput, context: WriteContext): Steps<BeginTaskOutput> {
  const known = yield* firstRow(selectByKey(input));
  if (known !== undefined) return { isNew: false, row: yield* requireSame(known, input) };
  const entry = yield* requireEntry(input.entryId, context.at);
  yield* requireAgent(input.agentId);
  const parent = yield* requireParent(input, context.at);
  const policy = yield* firstRow(findTaskPolicyRow({ entry_id: entry.id }));
  const scope = narrowTaskScope(input.request, boundsOf(entry, parent, policy, context.at));
  yield* requireRoom(input, context.at);
  const row = rowOf(input, scope, entry, policy, context.at);
  yield* run(insertTask(row));
  yield* recordChange(context, { kind: 'task', id: row.id, row });
  return { isNew: true, row };
}

/** @see TaskStore.takeIssue */
export function* takeIssue(input: TakeIssueInput): Steps<TakeIssueOutput> {
  const task = yield* firstRow(findTaskRow(input));
  if (task === undefined || task.agent_id !== input.agentId) return { outcome: 'unknown' };
  if (task.end_cause !== endCauses.none) return { outcome: 'ended', row: task };
  const audience = audienceOutside(task, input.audience);
  if (audience !== undefined) return { outcome: 'outside', audience };
  const lineage = [task];
  for (let above: TaskRow | undefined = task; above !== undefined && above.parent_id !== '';) {
    above = yield* firstRow(findTaskRow({ id: above.parent_id }));
    if (above !== undefined) lineage.push(above);
  }
  const spent = lineage.find(({ budget, issued }) => budget > 0 && issued >= budget);
  if (spent !== undefined) return { outcome: 'spent', row: spent };
  for (const { id } of lineage) yield* run(addIssue({ id }));
  yield* run(raiseExpiry(input));
  return { outcome: 'taken', row: { ...task, issued: task.issued + 1 } };
}

/** Forgets tasks that ended before the time, at most `limit`; how many. @see TaskStore.prune */
export function* pruneTasks(input: { endedBefore: number; limit: number }): Steps<number> {
  return yield* changedRows(deleteEnded(input));
}

/** Creates an entry together with what it says of tasks. @see TaskStore.createEntry */
export function* createTaskEntry(
  input: { entry: NewEntryRow; policy: Omit<TaskPolicyRow, 'entry_id'> },
  context: WriteContext,
): Steps<EntryWriteOutcome> {
  const outcome = yield* createEntry(input.entry, context);
  if (outcome.outcome === 'created') {
    yield* replaceTaskPolicy({ ...input.policy, entry_id: outcome.row.id }, context);
  }
  return outcome;
}

function audienceOutside({ audiences }: TaskRow, wanted: readonly string[]): string | undefined {
  const allowed = JSON.parse(audiences) as readonly string[];
  return allowed.length === 0 ? undefined : wanted.find((name) => !allowed.includes(name));
}

/** The task as it was begun, if this call is a repetition of that one: what it asks for comes to the same. */
function* requireSame(row: TaskRow, input: BeginTaskInput): Steps<TaskRow> {
  const entry = yield* firstRow(findEntryRow({ id: row.entry_id }));
  const policy = yield* firstRow(findTaskPolicyRow({ entry_id: row.entry_id }));
  const parent = row.parent_id === '' ? undefined : yield* firstRow(findTaskRow({ id: row.parent_id }));
  const bounds = boundsOf(entry, parent, policy, row.began_at);
  if (isOfSameNames(row, input) && isOfSameScope(row, narrowTaskScope(input.request, bounds))) return row;
  throw new StoreError('ERR_ALREADY_EXISTS', 'the idempotency key is that of another task');
}

function isOfSameNames(row: TaskRow, { entryId, parentId, begunBy, request }: BeginTaskInput): boolean {
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

function* requireParent({ parentId, agentId }: BeginTaskInput, at: number): Steps<TaskRow | undefined> {
  if (parentId === '') return undefined;
  const parent = yield* firstRow(findTaskRow({ id: parentId }));
  if (parent?.agent_id !== agentId) throw new TaskError('ERR_NOT_FOUND', 'task not found');
  if (parent.end_cause !== endCauses.none || parent.deadline <= at) {
    throw new TaskError('ERR_TASK_ENDED', 'the parent has ended');
  }
  return parent;
}

function* requireRoom(input: BeginTaskInput, at: number): Steps<void> {
  const ofEntry = (yield* firstRow(countOfEntry(input)))?.count ?? 0;
  if (ofEntry >= MAX_TASKS_OF_ENTRY) throw full(`an entry has ${MAX_TASKS_OF_ENTRY} active tasks at most`);
  const ofAgent = (yield* firstRow(countOfAgent(input)))?.count ?? 0;
  if (ofAgent >= MAX_TASKS_OF_AGENT) throw full(`an agent has ${MAX_TASKS_OF_AGENT} active tasks at most`);
  const { agentId } = input;
  const beyond = yield* firstRow(findBeyondRevoked({ agentId, at, limit: MAX_REVOKED_TASKS_OF_AGENT }));
  if (beyond === undefined) return;
  throw full('too many tasks of the agent have ended with SVIDs that have not expired: give tasks less time');
}

function full(message: string): TaskError {
  return new TaskError('ERR_TASK_LIMIT', message);
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
  { id, parentId, agentId, request, begunBy, idempotencyKey }: BeginTaskInput,
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
