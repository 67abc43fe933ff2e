import { StoreError } from '@signet/core';
import type { EndTasksOrder } from '../task-store.ts';
import { recordChange } from './change-operations.ts';
import { taskEnded } from './revocation-causes.ts';
import {
  NO_SUBJECT,
  REVOCATION_SLACK,
  type RevocationGrounds,
  type RevocationRow,
} from './revocation-rows.ts';
import { insertRevocation } from './revocation-sequence.ts';
import { ledgerKinds } from './ledger-rows.ts';
import { announce, type RevokedCount } from './revoke-credentials.ts';
import { command, prepare } from './statement.ts';
import { allRows, firstRow, run, type Steps } from './steps.ts';
import { endCauses } from './task-end-causes.ts';
import { ACTIVE, findTaskRow, NO_NAME, taskColumns, type TaskEndColumns, type TaskRow } from './task-rows.ts';
import type { WriteContext } from './write-context.ts';

/** How one task ends; plain data. `ended_at` 0: now. */
export interface TaskEndingInput extends TaskEndColumns {
  readonly id: string;
}

/** Which tasks end, and who says so; plain data. A dry run does everything, counts, and undoes it. */
export interface EndTasksInput extends Omit<EndTasksOrder, 'endings' | 'grounds'> {
  readonly endings: readonly TaskEndingInput[];
  readonly grounds?: RevocationGrounds;
}

/** What ended. */
export interface EndTasksOutput extends RevokedCount {
  /** Those named that are known, whenever they ended. */
  readonly named: readonly TaskRow[];
  /** Those that ended now. */
  readonly ended: readonly TaskRow[];
}

const selectBelow = prepare<{ parent_id: string }, TaskRow>((db, value) =>
  db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('parent_id', '=', value('parent_id'))
    .where('parent_id', '<>', NO_NAME)
    .where('end_cause', '=', ACTIVE),
);

const selectOfEntry = prepare<{ entry_id: string }, TaskRow>((db, value) =>
  db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('entry_id', '=', value('entry_id'))
    .where('end_cause', '=', ACTIVE),
);

const selectOfAgent = prepare<{ agent_id: string }, TaskRow>((db, value) =>
  db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('agent_id', '=', value('agent_id'))
    .where('end_cause', '=', ACTIVE),
);

// Ends come by the hundred: these are the statements of `revoked-ledger.ts`, built once.
const countActive = prepare<{ id: string; at: number }, { kind: 1 | 2; count: number }>((db, value) =>
  db
    .selectFrom('ledger')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
    .where('task_id', '=', value('id'))
    .where('task_id', '<>', NO_NAME)
    .where('expires_at', '>', value('at'))
    .where('revocation', '=', 0)
    .groupBy('kind'),
);

// What has expired is marked too: it has not when the clock that says so is ahead.
const markIssued = prepare<{ id: string; at: number; sequence: number }>((db, value) =>
  db
    .updateTable('ledger')
    .set({ revocation: value('sequence'), revoked_at: value('at') })
    .where('task_id', '=', value('id'))
    .where('task_id', '<>', NO_NAME)
    .where('revocation', '=', 0),
);

const updateEnd = prepare<TaskEndColumns & { id: string }>((db, value) =>
  db
    .updateTable('tasks')
    .set({ end_cause: value('end_cause'), ended_at: value('ended_at'), end_detail: value('end_detail') })
    .where('id', '=', value('id')),
);

/** Ends tasks and all below them, and revokes what hangs from them. @see TaskStore.end */
export function* endTasks(input: EndTasksInput, context: WriteContext): Steps<EndTasksOutput> {
  if (!input.isDryRun) return yield* carryOut(input, context);
  yield* run(command('SAVEPOINT dry_run'));
  const output = yield* carryOut(input, { ...context, changes: [] });
  yield* run(command('ROLLBACK TO dry_run'));
  yield* run(command('RELEASE dry_run'));
  return { ...output, revocation: 0 };
}

function* carryOut(input: EndTasksInput, context: WriteContext): Steps<EndTasksOutput> {
  const ends = new TaskEnds(context, input);
  const known: string[] = [];
  for (const ending of input.endings) {
    const row = yield* firstRow(findTaskRow(ending));
    if (row === undefined || (input.agentId !== '' && row.agent_id !== input.agentId)) continue;
    known.push(row.id);
    if (row.end_cause === endCauses.none) yield* ends.end(row, endOf(row, ending, context.at));
  }
  if (known.length === 0) throw new StoreError('ERR_NOT_FOUND', 'task not found');
  const count = yield* ends.finish();
  const named: TaskRow[] = [];
  for (const id of new Set(known)) {
    const row = yield* firstRow(findTaskRow({ id }));
    if (row !== undefined) named.push(row);
  }
  return { named, ended: ends.ended, ...count };
}

/** Ends the tasks of an entry that is gone, or is another's now; in the transaction that makes it so. */
export function* endTasksOfEntry(entryId: string, detail: string, context: WriteContext): Steps<void> {
  const rows = yield* allRows(selectOfEntry({ entry_id: entryId }));
  yield* endAll(rows, endCauses.entryGone, detail, context);
}

/** Ends the tasks of an agent that is one no longer; in the transaction that makes it so. */
export function* endTasksOfAgent(agentId: string, detail: string, context: WriteContext): Steps<void> {
  const rows = yield* allRows(selectOfAgent({ agent_id: agentId }));
  yield* endAll(rows, endCauses.agentLost, detail, context);
}

/** Ends a task whose revocation was brought back from the journal: the database is older than its end. */
export function* endRestoredTask(id: string, revokedAt: number, context: WriteContext): Steps<void> {
  const row = yield* firstRow(findTaskRow({ id }));
  if (row === undefined || row.end_cause !== endCauses.none) return;
  const end = { end_cause: endCauses.operator, ended_at: revokedAt, end_detail: 'known from the journal' };
  yield* noteEnd({ ...row, ...end }, context, false);
}

function* endAll(
  rows: readonly TaskRow[],
  end_cause: number,
  end_detail: string,
  context: WriteContext,
): Steps<void> {
  if (rows.length === 0) return;
  const ends = new TaskEnds(context, { isReported: false });
  for (const row of rows) yield* ends.end(row, { end_cause, ended_at: context.at, end_detail });
  yield* ends.finish();
}

function endOf(
  row: TaskRow,
  { end_cause, ended_at, end_detail }: TaskEndingInput,
  at: number,
): TaskEndColumns {
  // An agent's clock may be another: a task ends after it began, and not later than now.
  const reported = ended_at === 0 ? at : Math.min(Math.max(ended_at, row.began_at), at);
  return { end_cause, ended_at: reported, end_detail };
}

function* noteEnd(row: TaskRow, context: WriteContext, isReported: boolean): Steps<void> {
  yield* run(updateEnd(row));
  yield* recordChange(context, { kind: 'task', id: row.id, row, ...(isReported && { isReported }) });
}

/** Tasks that end in one transaction. */
class TaskEnds {
  readonly ended: TaskRow[] = [];
  readonly #context: WriteContext;
  readonly #isReported: boolean;
  readonly #grounds: RevocationGrounds;
  readonly #revocations: RevocationRow[] = [];
  readonly #done = new Set<string>();
  #x509Svids = 0;
  #jwtSvids = 0;

  constructor(context: WriteContext, order: Pick<EndTasksInput, 'grounds' | 'isReported'>) {
    this.#context = context;
    this.#isReported = order.isReported;
    this.#grounds = order.grounds ?? taskEnded;
  }

  /** Ends an active task, then all below it. */
  *end(root: TaskRow, end: TaskEndColumns): Steps<void> {
    const parentEnded = { ...end, end_cause: endCauses.parentEnded, end_detail: '' };
    const waiting: [TaskRow, TaskEndColumns][] = [[root, end]];
    for (const [task, itsEnd] of waiting) {
      if (this.#done.has(task.id)) continue;
      this.#done.add(task.id);
      yield* this.#endOne({ ...task, ...itsEnd });
      for (const below of yield* allRows(selectBelow({ parent_id: task.id })))
        waiting.push([below, parentEnded]);
    }
  }

  /** Tells of the revocations as one change. */
  *finish(): Steps<RevokedCount> {
    const revocation = yield* announce(this.#revocations, this.#context);
    return { revocation, x509Svids: this.#x509Svids, jwtSvids: this.#jwtSvids };
  }

  *#endOne(row: TaskRow): Steps<void> {
    const { at } = this.#context;
    yield* noteEnd(row, this.#context, this.#isReported);
    this.ended.push(row);
    // Also when all has expired by the clock: one that is ahead is put right some day, and what was issued counts again.
    if (row.last_expiry === 0) return;
    const { id } = row;
    for (const { kind, count } of yield* allRows(countActive({ id, at }))) {
      if (kind === ledgerKinds.x509) this.#x509Svids += count;
      else this.#jwtSvids += count;
    }
    const named = { kind: 'task', authority_id: '', credential: id } as const;
    const revocation = yield* insertRevocation({
      ...this.#grounds,
      ...NO_SUBJECT,
      ...named,
      revoked_at: at,
      expires_at: row.last_expiry + REVOCATION_SLACK,
    });
    yield* run(markIssued({ id, at, sequence: revocation.sequence }));
    this.#revocations.push(revocation);
  }
}
