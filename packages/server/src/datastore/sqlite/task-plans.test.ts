import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { StatementResult, Steps } from '../sql/steps.ts';
import { endTasks, endTasksOfAgent, endTasksOfEntry } from '../sql/task-ends.ts';
import { listTasks } from '../sql/task-reads.ts';
import { beginTask, pruneTasks, takeIssue } from '../sql/task-writes.ts';
import { SqliteConnection } from './connection.ts';
import { migrate } from './migrate.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();
const context = { at: 1000, changes: [] };
const request = { purpose: 'p', audiences: [], destinations: [], ttl: 0, budget: 0 };
const order = { entryId: 'e', agentId: 'a', request, idempotencyKey: '', begunBy: '' };
const ending = { end_cause: 1, ended_at: 0, end_detail: '' };

describe('operations on tasks', () => {
  let connection: SqliteConnection;
  beforeAll(() => {
    const path = join(folder(), 'db');
    closeSync(openSync(path, 'wx'));
    connection = SqliteConnection.open(path, { readonly: false });
    migrate(connection, { isNew: true });
    connection.script(`
      INSERT INTO entries (id, parent_id, spiffe_id, selectors, selector_count, selector_hash, x509_svid_ttl,
        jwt_svid_ttl, federates_with, federates_count, admin, downstream, expires_at, dns_names, revision_number,
        store_svid, hint, created_at, disable_x509_svid_prefetch, jwt_svid_include_jti)
      VALUES ('e', 'spiffe://x/a', 'spiffe://x/b', '[]', 0, 0, 0, 0, '[]', 0, 0, 0, 0, '[]', 0, 0, '', 0, 0, 0);
      INSERT INTO agents (id, attestation_type, serial_number, expires_at, new_serial_number, new_expires_at,
        can_reattest, agent_version, selectors, selector_count)
      VALUES ('a', 't', '1', 5000, '', 0, 1, '', '[]', 0), ('b', 't', '1', 5000, '', 0, 1, '', '[]', 0);`);
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
