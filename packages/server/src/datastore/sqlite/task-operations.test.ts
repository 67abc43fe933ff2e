import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { StatementResult, Steps } from '../sql/steps.ts';
import { type EndTasksOutput, endTasks } from '../sql/task-ends.ts';
import { beginTask, type BeginTaskOutput } from '../sql/task-begin.ts';
import { takeIssue } from '../sql/task-issues.ts';
import type { NewTask } from '../task-store.ts';
import type { SqliteConnection } from './connection.ts';
import { openTaskDatabase, taskOrder } from './testdata/task-database.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();
const context = { at: 1000, changes: [] };
const aDay = 86_400;
const request = {
  purpose: 'p',
  audiences: ['db'],
  destinations: ['spiffe://x/db'],
  ttl: 60,
  budget: 5,
};
const order: NewTask = { ...taskOrder, request, idempotencyKey: 'k' };

let connection: SqliteConnection;
beforeEach(() => {
  connection = openTaskDatabase(join(folder(), 'db'));
});
afterEach(() => connection.close());

function run<T>(operation: Steps<T>): T {
  let step = operation.next();
  while (step.done !== true) {
    const result: StatementResult = connection.execute(step.value);
    step = operation.next(result);
  }
  return step.value;
}

function rows(sql: string): readonly unknown[] {
  return connection.execute({ sql, parameters: [] }).rows;
}

const begin = (input: Partial<NewTask> = {}, at = 1000): BeginTaskOutput =>
  run(beginTask({ ...order, ...input }, { ...context, at }));

describe('the end of a task while the clock is ahead', () => {
  const end = (at: number): EndTasksOutput => {
    const endings = [{ id: 'one', end_cause: 1, ended_at: 0, end_detail: '' }];
    return run(endTasks({ endings, agentId: 'a', isReported: true, isDryRun: false }, { at, changes: [] }));
  };

  it('revokes what was issued until that expires by the true clock', () => {
    begin();
    run(takeIssue({ id: 'one', agentId: 'a', expiresBy: 1060, audience: ['db'] }));
    connection.script(`
      INSERT INTO ledger (kind, authority_id, credential, subject_row, task_id, audience, issued_at, expires_at)
      VALUES (2, 'k', 'jti', 1, 'one', '["db"]', 1000, 1060);`);
    const { revocation } = end(1000 + aDay);
    expect(rows('SELECT kind, credential, expires_at FROM revocations')).toEqual([
      { kind: 'task', credential: 'one', expires_at: 1360 },
    ]);
    expect(rows('SELECT revocation FROM ledger')).toEqual([{ revocation }]);
  });

  it('revokes nothing where nothing was issued', () => {
    begin();
    expect(end(1000 + aDay).revocation).toBe(0);
    expect(rows('SELECT sequence FROM revocations')).toEqual([]);
  });
});

describe('an idempotency key that comes again', () => {
  it('finds the task, whatever time has passed', () => {
    begin();
    expect(begin({ id: 'two' }, 1030)).toMatchObject({ isNew: false, row: { id: 'one' } });
  });

  it('finds the task that inherited what its request left out', () => {
    begin({ idempotencyKey: '' });
    const below = { parentId: 'one', request: { ...request, audiences: [], destinations: [], ttl: 0 } };
    begin({ ...below, id: 'below' });
    expect(begin({ ...below, id: 'two' }, 1030)).toMatchObject({ isNew: false, row: { id: 'below' } });
  });

  it.each<[string, Partial<NewTask>]>([
    ['another purpose', { request: { ...request, purpose: 'q' } }],
    ['other audiences', { request: { ...request, audiences: ['db', 'mail'] } }],
    ['no audiences', { request: { ...request, audiences: [] } }],
    ['other destinations', { request: { ...request, destinations: ['spiffe://x/mail'] } }],
    ['another budget', { request: { ...request, budget: 0 } }],
    ['another TTL', { request: { ...request, ttl: 61 } }],
    ['no TTL', { request: { ...request, ttl: 0 } }],
    ['another parent', { parentId: 'other' }],
    ['another who begins it', { begunBy: 'spiffe://x/admin' }],
  ])('is refused with %s', (_, other) => {
    begin();
    expect(() => begin({ id: 'two', ...other })).toThrow(
      expect.objectContaining({ code: 'ERR_ALREADY_EXISTS' }),
    );
  });
});
