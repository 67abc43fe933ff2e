import type Database from 'better-sqlite3';
import { StoreError } from '@signet/core';

/** What a setting is set to, and the value SQLite must then report. */
interface Setting {
  readonly name: string;
  readonly value: string;
  readonly reads: string | number;
}

/**
 * The settings of every connection. FULL because the library is built to fall back to NORMAL in WAL mode, which
 * loses acknowledged commits when the power fails.
 */
const settings: readonly Setting[] = [
  { name: 'journal_mode', value: 'WAL', reads: 'wal' },
  { name: 'synchronous', value: 'FULL', reads: 2 },
  { name: 'foreign_keys', value: 'ON', reads: 1 },
  { name: 'busy_timeout', value: '5000', reads: 5000 },
  { name: 'trusted_schema', value: 'OFF', reads: 0 },
  { name: 'cell_size_check', value: 'ON', reads: 1 },
  { name: 'secure_delete', value: 'ON', reads: 1 },
  { name: 'wal_autocheckpoint', value: '1000', reads: 1000 },
  { name: 'journal_size_limit', value: '67108864', reads: 67_108_864 },
  { name: 'temp_store', value: 'MEMORY', reads: 2 },
  { name: 'cache_size', value: '-32768', reads: -32_768 },
];

/**
 * Sets every setting and asserts that it holds.
 *
 * @throws {StoreError} `ERR_STORE_NOT_DURABLE` SQLite reports another value.
 */
export function applySettings(database: Database.Database): void {
  for (const { name, value, reads } of settings) {
    database.pragma(`${name} = ${value}`);
    const actual: unknown = database.pragma(name, { simple: true });
    if (actual === reads) continue;
    throw new StoreError(
      'ERR_STORE_NOT_DURABLE',
      `SQLite setting ${name} is ${String(actual)}, not ${value}`,
    );
  }
}
