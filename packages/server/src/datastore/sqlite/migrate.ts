import { randomBytes } from 'node:crypto';
import { StoreError } from '@signet/core';
import type { SqliteConnection } from './connection.ts';
import { firstSchema } from './migrations/0001-first-schema.ts';
import { ledgerSchema } from './migrations/0002-ledger.ts';
import { revocationSchema } from './migrations/0003-revocations.ts';
import { taskSchema } from './migrations/0004-tasks.ts';
import type { Migration } from './migrations/migration.ts';

/** Marks the file as ours ("Sgnt"), so that nobody else's database is changed by mistake. */
const APPLICATION_ID = 0x53676e74;

const allMigrations: readonly Migration[] = [firstSchema, ledgerSchema, revocationSchema, taskSchema];

/**
 * Brings the schema to the newest version.
 *
 * Each step and its version row are one transaction: after a crash it is either done or not begun.
 *
 * @param options.isNew - the file was just made; only then may it be without our mark.
 * @throws {StoreError} `ERR_STORE_SCHEMA_VERSION` the database is not ours, or of a newer version of the program.
 */
export function migrate(
  connection: SqliteConnection,
  options: { readonly isNew: boolean },
  migrations: readonly Migration[] = allMigrations,
): void {
  if (options.isNew) beginSchema(connection);
  else refuseForeign(connection);
  const current = currentVersion(connection);
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new StoreError(
      'ERR_STORE_SCHEMA_VERSION',
      `the database has schema version ${current}, this program knows ${newest}: use a newer program`,
    );
  }
  for (const migration of migrations.filter(({ version }) => version > current)) apply(connection, migration);
}

function beginSchema(connection: SqliteConnection): void {
  connection.pragma(`application_id = ${APPLICATION_ID}`);
  connection.script(
    'CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT',
  );
}

function refuseForeign(connection: SqliteConnection): void {
  if (connection.pragma('application_id') === APPLICATION_ID) return;
  throw new StoreError('ERR_STORE_SCHEMA_VERSION', 'the file is not a database of this program');
}

function currentVersion(connection: SqliteConnection): number {
  const sql = 'SELECT coalesce(max(version), 0) AS version FROM schema_migrations';
  const [row] = connection.execute({ sql, parameters: [] }).rows as readonly { version: number }[];
  return row?.version ?? 0;
}

function apply(connection: SqliteConnection, { version, name, sql }: Migration): void {
  connection.command('BEGIN IMMEDIATE');
  try {
    connection.script(sql);
    const insert = 'INSERT INTO schema_migrations (version, name) VALUES (?, ?)';
    connection.execute({ sql: insert, parameters: [version, name] });
    if (version === 1) addPageKey(connection);
    connection.command('COMMIT');
  } catch (cause) {
    if (connection.inTransaction) connection.command('ROLLBACK');
    throw cause;
  }
}

/** The key comes from the operating system's generator, not from SQLite's. */
function addPageKey(connection: SqliteConnection): void {
  const sql = "INSERT INTO meta (name, value) VALUES ('page_key', ?)";
  connection.execute({ sql, parameters: [randomBytes(32).toString('base64url')] });
}
