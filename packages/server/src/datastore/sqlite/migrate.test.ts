import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteConnection } from './connection.ts';
import { migrate } from './migrate.ts';
import { firstSchema } from './migrations/0001-first-schema.ts';
import type { Migration } from './migrations/migration.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();
const second: Migration = {
  version: 2,
  name: 'second',
  sql: 'CREATE TABLE b (x); INSERT INTO b VALUES (1);',
};
const failing: Migration = {
  ...second,
  sql: 'CREATE TABLE b (x); INSERT INTO b VALUES (1); SELECT no_such();',
};

describe('migrate', () => {
  let connection: SqliteConnection;
  beforeEach(() => {
    const path = join(folder(), 'db');
    closeSync(openSync(path, 'wx'));
    connection = SqliteConnection.open(path, { readonly: false });
  });
  afterEach(() => connection.close());

  const versions = (): unknown =>
    connection.execute({ sql: 'SELECT version FROM schema_migrations ORDER BY version', parameters: [] })
      .rows;

  it('applies what is missing, once', () => {
    migrate(connection, { isNew: true }, [firstSchema]);
    migrate(connection, { isNew: false }, [firstSchema, second]);
    migrate(connection, { isNew: false }, [firstSchema, second]);
    expect(versions()).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('R20: leaves no half of a step behind, and does it when tried again', () => {
    migrate(connection, { isNew: true }, [firstSchema]);
    expect(() => migrate(connection, { isNew: false }, [firstSchema, failing])).toThrow();
    expect(versions()).toEqual([{ version: 1 }]);
    migrate(connection, { isNew: false }, [firstSchema, second]);
    expect(connection.execute({ sql: 'SELECT x FROM b', parameters: [] }).rows).toEqual([{ x: 1 }]);
  });

  it('refuses a schema that a newer program made', () => {
    migrate(connection, { isNew: true }, [firstSchema, second]);
    expect(() => migrate(connection, { isNew: false }, [firstSchema])).toThrow(
      expect.objectContaining({ code: 'ERR_STORE_SCHEMA_VERSION' }),
    );
  });

  it('refuses a database without our mark', () => {
    connection.script('CREATE TABLE bundles (id)');
    expect(() => migrate(connection, { isNew: false })).toThrow(
      expect.objectContaining({ code: 'ERR_STORE_SCHEMA_VERSION' }),
    );
  });
});
