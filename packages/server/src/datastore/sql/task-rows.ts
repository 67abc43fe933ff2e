import { type RawBuilder, sql } from 'kysely';
import type { TaskPoliciesTable, TasksTable } from './schema.ts';
import { prepare, type PreparedStatement } from './statement.ts';

/** A stored task; plain data. */
export type TaskRow = Omit<TasksTable, 'row_id' | 'issued' | 'last_expiry' | TaskEndColumn> & {
  readonly issued: number;
  readonly last_expiry: number;
} & TaskEndColumns;

type TaskEndColumn = 'end_cause' | 'ended_at' | 'end_detail';

/** How a task ended. */
export interface TaskEndColumns {
  readonly end_cause: number;
  readonly ended_at: number;
  readonly end_detail: string;
}

/** What an entry says of tasks; plain data. */
export type TaskPolicyRow = TaskPoliciesTable;

/** The columns of {@link TaskRow}. */
export const taskColumns: readonly (keyof TaskRow)[] = [
  'id',
  'parent_id',
  'purpose',
  'spiffe_id',
  'entry_id',
  'agent_id',
  'audiences',
  'destinations',
  'began_at',
  'deadline',
  'depth',
  'budget',
  'issued',
  'last_expiry',
  'offline_lease',
  'begun_by',
  'idempotency_key',
  'end_cause',
  'ended_at',
  'end_detail',
];

/** SQLite uses the indexes of active tasks only where a query says in as many words that it is about those. */
export const ACTIVE: RawBuilder<number> = sql.lit(0);
/** The same of those that leave out empty names. */
export const NO_NAME: RawBuilder<string> = sql.lit('');

/** The task of that ID. */
export const findTaskRow: PreparedStatement<{ id: string }, TaskRow> = prepare((db, value) =>
  db.selectFrom('tasks').select(taskColumns).where('id', '=', value('id')),
);

/** What an entry says of tasks. */
export const findTaskPolicyRow: PreparedStatement<{ entry_id: string }, TaskPolicyRow> = prepare(
  (db, value) =>
    db
      .selectFrom('task_policies')
      .select(['entry_id', 'is_task_only', 'max_ttl', 'offline_lease'])
      .where('entry_id', '=', value('entry_id')),
);
