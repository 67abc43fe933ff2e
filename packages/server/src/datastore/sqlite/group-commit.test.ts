import { afterAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { encodeNewEntry } from '../stores/entry-codec.ts';
import { SqliteConnection } from './connection.ts';
import { prepareDatabaseFile, prepareFolder } from './database-file.ts';
import { commitBatch } from './group-commit.ts';
import type { OperationRequest } from './messages.ts';
import { sampleEntry } from './testdata/sample-entry.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();
const connections: SqliteConnection[] = [];
afterAll(() => connections.forEach((connection) => connection.close()));

function openNew(path: string = join(folder(), 'db')): SqliteConnection {
  prepareFolder(path);
  prepareDatabaseFile(path);
  const connection = SqliteConnection.open(path, { readonly: false });
  connections.push(connection);
  return connection;
}

function create(id: number, name: string): OperationRequest {
  return { id, name: 'entries.create', input: [encodeNewEntry(sampleEntry(name, { id: name }))], at: 1 };
}

function count(connection: SqliteConnection, table: string): unknown {
  return connection.execute({ sql: `SELECT count(*) AS n FROM ${table}`, parameters: [] }).rows[0];
}

const frozen = (): number => 0;

describe('commitBatch', () => {
  it('takes everything that waits into one transaction', () => {
    const path = join(folder(), 'db');
    const connection = openNew(path);
    const other = SqliteConnection.open(path, { readonly: true });
    connections.push(other);
    const seen = Number(other.pragma('data_version'));
    const queue = Array.from({ length: 100 }, (_, i) => create(i, `e${i}`));
    const { replies, changes } = commitBatch(connection, queue, frozen);
    expect(queue).toEqual([]);
    expect(replies.map(({ id, ok }) => [id, ok])).toEqual(Array.from({ length: 100 }, (_, i) => [i, true]));
    expect(changes.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, i) => `e${i}`));
    expect(count(other, 'entries')).toEqual({ n: 100 });
    expect(other.pragma('data_version')).not.toBe(seen);
  });

  it('stops gathering when its time is over, and leaves the rest in the queue', () => {
    const connection = openNew();
    const queue = [create(1, 'a'), create(2, 'b'), create(3, 'c')];
    let now = 0;
    const { replies } = commitBatch(connection, queue, () => (now += 3));
    expect(replies.map(({ id }) => id)).toEqual([1, 2]);
    expect(queue.map(({ id }) => id)).toEqual([3]);
    expect(count(connection, 'entries')).toEqual({ n: 2 });
  });

  it('undoes a request that fails, and only that one', () => {
    const connection = openNew();
    const twice = [encodeNewEntry(sampleEntry('x', { id: 'x' })), null];
    const queue: OperationRequest[] = [
      create(1, 'a'),
      { id: 2, name: 'entries.create', input: twice, at: 1 },
      { id: 3, name: 'agents.renew', input: { id: 'nobody', serialNumber: '1', expiresAt: 1 }, at: 1 },
      { id: 4, name: 'no.such' as never, input: {}, at: 1 },
      create(5, 'b'),
    ];
    const { replies, changes } = commitBatch(connection, queue, frozen);
    expect(replies.map((reply) => (reply.ok ? 'ok' : reply.error.code))).toEqual([
      'ok',
      'ERR_INTERNAL',
      'ERR_NOT_FOUND',
      'ERR_INTERNAL',
      'ok',
    ]);
    expect(changes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(count(connection, 'entries')).toEqual({ n: 2 });
    expect(count(connection, 'changes')).toEqual({ n: 2 });
  });

  it('tells a caller nothing about SQL', () => {
    const connection = openNew();
    const broken = { ...encodeNewEntry(sampleEntry('x')), hint: null };
    const { replies } = commitBatch(
      connection,
      [{ id: 1, name: 'entries.create', input: [broken], at: 1 }],
      frozen,
    );
    expect(replies).toMatchObject([
      { ok: false, error: { code: 'ERR_INTERNAL', message: 'datastore operation failed' } },
    ]);
  });

  it('R04: refuses what does not fit on the disk and acknowledges none of it; goes on when there is room', () => {
    const connection = openNew();
    const pages = Number(connection.pragma('page_count'));
    connection.pragma(`max_page_count = ${pages + 10}`);
    const big = Array.from({ length: 200 }, (_, i) =>
      encodeNewEntry(sampleEntry(`big${i}`, { hint: 'h'.repeat(1000) })),
    );
    const { replies } = commitBatch(
      connection,
      [{ id: 1, name: 'entries.create', input: big, at: 1 }],
      frozen,
    );
    expect(replies).toMatchObject([{ id: 1, ok: false, error: { code: 'ERR_STORE_UNAVAILABLE' } }]);
    expect(count(connection, 'entries')).toEqual({ n: 0 });
    connection.pragma('max_page_count = 100000');
    expect(commitBatch(connection, [create(2, 'small')], frozen).replies).toMatchObject([{ ok: true }]);
  });
});
