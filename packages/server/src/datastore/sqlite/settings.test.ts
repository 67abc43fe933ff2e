import { afterAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SqliteConnection } from './connection.ts';
import { prepareDatabaseFile } from './database-file.ts';
import { applySettings } from './settings.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();
const connections: SqliteConnection[] = [];
afterAll(() => connections.forEach((connection) => connection.close()));

describe('F3: settings', () => {
  it.each([true, false])('make every commit durable (read-only: %s)', (readonly) => {
    const path = join(folder(), 'db');
    prepareDatabaseFile(path);
    const connection = SqliteConnection.open(path, { readonly });
    connections.push(connection);
    const names = [
      'journal_mode',
      'synchronous',
      'foreign_keys',
      'trusted_schema',
      'secure_delete',
      'cell_size_check',
    ];
    expect(names.map((name) => connection.pragma(name))).toEqual(['wal', 2, 1, 0, 1, 1]);
  });

  it('refuse a database that does not take them', () => {
    const database = new Database(':memory:');
    expect(() => applySettings(database)).toThrow(expect.objectContaining({ code: 'ERR_STORE_NOT_DURABLE' }));
    database.close();
  });
});
