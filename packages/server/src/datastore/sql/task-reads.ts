import { readPage, type PageInput, type RowPage } from './page-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { compile, prepare } from './statement.ts';
import { allRows, firstRow, type Steps } from './steps.ts';
import {
  ACTIVE,
  findTaskPolicyRow,
  findTaskRow,
  NO_NAME,
  taskColumns,
  type TaskPolicyRow,
  type TaskRow,
} from './task-rows.ts';

/** Which tasks a list covers; all that is present must hold. */
export interface TaskRowFilter {
  readonly spiffeId?: string;
  readonly entryId?: string;
  readonly agentId?: string;
  readonly parentId?: string;
  readonly isActive?: boolean;
}

/** A task with the key of its place in lists. */
export type ListedTaskRow = TaskRow & { readonly row_id: number };

/** What the tasks of one page have of texts at most, characters: a message holds it. */
const PAGE_CHARACTERS = 1024 * 1024;

const selectPolicies = prepare<{ after: string; limit: number }, TaskPolicyRow>((db, value) =>
  db
    .selectFrom('task_policies')
    .select(['entry_id', 'is_task_only', 'max_ttl', 'offline_lease'])
    .where('entry_id', '>', value('after'))
    .orderBy('entry_id')
    .limit(value('limit')),
);

const selectActive = prepare<{ after: string; limit: number }, TaskRow>((db, value) =>
  db
    .selectFrom('tasks')
    .select(taskColumns)
    .where('id', '>', value('after'))
    .where('end_cause', '=', ACTIVE)
    .orderBy('id')
    .limit(value('limit')),
);

/** @see TaskStore.get */
export function* getTask(input: { id: string }): Steps<TaskRow | undefined> {
  return yield* firstRow(findTaskRow(input));
}

/** @see TaskStore.active */
export function* activeTasks(input: { after: string; limit: number }): Steps<readonly TaskRow[]> {
  return yield* allRows(selectActive(input));
}

/** @see TaskStore.policy */
export function* getTaskPolicy(input: { entryId: string }): Steps<TaskPolicyRow | undefined> {
  return yield* firstRow(findTaskPolicyRow({ entry_id: input.entryId }));
}

/** @see TaskStore.policies */
export function* listTaskPolicies(input: { after: string; limit: number }): Steps<readonly TaskPolicyRow[]> {
  return yield* allRows(selectPolicies(input));
}

/** Newest first. @see TaskStore.list */
export function* listTasks(input: { filter: TaskRowFilter; page: PageInput }): Steps<RowPage<ListedTaskRow>> {
  return yield* readPage(
    'tasks',
    input.page,
    ({ afterRow, limit }) => {
      let query = filteredTasks(input.filter).orderBy('row_id', 'desc');
      // The page "after" a row holds lower ones; 0 stands for the first page.
      if (afterRow > 0) query = query.where('row_id', '<', afterRow);
      return compile(limit === undefined ? query : query.limit(limit));
    },
    {
      most: PAGE_CHARACTERS,
      of: ({ audiences, destinations }) => 1024 + audiences.length + destinations.length,
    },
  );
}

function filteredTasks({ spiffeId, entryId, agentId, parentId, isActive }: TaskRowFilter) {
  let query = queryBuilder.selectFrom('tasks').select(['row_id', ...taskColumns]);
  if (spiffeId !== undefined) query = query.where('spiffe_id', '=', spiffeId);
  if (entryId !== undefined) query = query.where('entry_id', '=', entryId);
  if (agentId !== undefined) query = query.where('agent_id', '=', agentId);
  if (parentId !== undefined)
    query = query.where('parent_id', '=', parentId).where('parent_id', '<>', NO_NAME);
  if (isActive !== undefined) query = query.where('end_cause', isActive ? '=' : '<>', ACTIVE);
  return query;
}
