import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { StatementResult, Steps } from '../sql/steps.ts';
import { endTasks, endTasksOfAgent, endTasksOfEntry } from '../sql/task-ends.ts';
import { listTasks } from '../sql/task-reads.ts';
import { beginTask } from '../sql/task-begin.ts';
import { takeIssue } from '../sql/task-issues.ts';
import { pruneTasks } from '../sql/task-pruning.ts';
import type { SqliteConnection } from './connection.ts';
import { openTaskDatabase, taskOrder } from './testdata/task-database.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();
const context = { at: 1000, changes: [] };
const order = taskOrder;
const ending = { end_cause: 1, ended_at: 0, end_detail: '' };

describe('operations on tasks', () => {
  let connection: SqliteConnection;
  beforeAll(() => {
    connection = openTaskDatabase(join(folder(), 'db'));
    run(beginTask({ ...order, id: 'top', parentId: '' }, context));
  });
  afterAll(() => connection.close());

  /** Runs an operation. @returns how SQLite looked for rows, statement by statement. */
  function run(operation: Steps<unknown>): string {
    const plans: string[] = [];
    let step = operation.next();
    while (step.done !== true) {
      const { sql, parameters } = step.value;
      if (/^(select|update|delete)/i.test(sql)) {
        const { rows } = connection.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters });
        plans.push(...(rows as readonly { detail: string }[]).map(({ detail }) => detail));
      }
      const result: StatementResult = connection.execute({ sql, parameters });
      step = operation.next(result);
    }
    return plans.join('\n');
  }

  it.each<[string, () => Steps<unknown>]>([
    ['begin', () => beginTask({ ...order, id: 'below', parentId: 'top', idempotencyKey: 'k' }, context)],
    ['takeIssue', () => takeIssue({ id: 'below', agentId: 'a', expiresBy: 2000, audience: [] })],
    [
      'end',
      () =>
        endTasks(
          { endings: [{ id: 'below', ...ending }], agentId: 'a', isReported: true, isDryRun: false },
          context,
        ),
    ],
    ['the end of an entry', () => endTasksOfEntry('e', 'deleted', context)],
    ['the end of an agent', () => endTasksOfAgent('a', 'banned', context)],
    ['prune', () => pruneTasks({ endedBefore: 10, limit: 10 })],
    [
      'the list of an agent',
      () => listTasks({ filter: { agentId: 'a', isActive: true }, page: { size: 10, token: '' } }),
    ],
  ])('%s looks at no more rows than it is about', (_, operation) => {
    const plan = run(operation());
    expect(plan).toMatch(/tasks/);
    expect(plan).not.toMatch(/SCAN tasks/);
  });

  it('begin no more where fifty thousand tasks of the agent left SVIDs that are still valid', () => {
    const fill = (from: number, to: number): void =>
      connection.script(`
        WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${to})
        INSERT INTO tasks (id, parent_id, purpose, spiffe_id, entry_id, agent_id, audiences, destinations, began_at,
          deadline, depth, budget, issued, last_expiry, offline_lease, begun_by, idempotency_key, end_cause, ended_at)
        SELECT 'ended-' || i, '', 'p', 's', 'e', 'b', '[]', '[]', 0, 2000, 0, 0, 1, 2000, 0, '', '', 1, 1000 FROM n;`);
    const begin = (id: string, at: number): string =>
      run(beginTask({ ...order, id, agentId: 'b', parentId: '' }, { at, changes: [] }));
    fill(0, 50_000);
    expect(begin('one-more', 1000)).toMatch(/tasks_revoked/);
    fill(50_000, 50_001);
    expect(() => begin('too-many', 1000)).toThrow(expect.objectContaining({ code: 'ERR_TASK_LIMIT' }));
    expect(() => begin('later', 2001)).not.toThrow();
  });
});
