import { describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { encodeNewEntry } from '../stores/entry-codec.ts';
import { DatabaseWriter } from './database-writer.ts';
import type { OperationRequest } from './messages.ts';
import { operationError } from './operation-error.ts';
import { sampleEntry } from './testdata/sample-entry.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();

function newPath(): string {
  return join(folder(), 'data', 'datastore.sqlite3');
}

/** Opens and closes the database with that many entries added. */
function prepared(entries = 0, path: string = newPath()): string {
  const writer = DatabaseWriter.open(path);
  const input = Array.from({ length: entries }, (_, i) => encodeNewEntry(sampleEntry(`e${i}`)));
  writer.commit([createRequest(input)]);
  writer.close();
  return path;
}

/** What comes of opening: `opened`, or the code that the caller is told. */
function openingOf(path: string): string {
  try {
    DatabaseWriter.open(path).close();
    return 'opened';
  } catch (error) {
    return operationError(error).code;
  }
}

function createRequest(input: readonly unknown[]): OperationRequest {
  return { id: 1, name: 'entries.create', input, at: 1 };
}

describe('DatabaseWriter.open', () => {
  it('takes away rights that others got', () => {
    const path = prepared();
    chmodSync(path, 0o644);
    DatabaseWriter.open(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('T40: keeps the ID of the database and counts every opening', () => {
    const path = prepared();
    const second = DatabaseWriter.open(path);
    second.close();
    const third = DatabaseWriter.open(path);
    third.close();
    expect(second.identity.id).toMatch(/^[0-9a-f]{32}$/);
    expect(third.identity).toEqual({ id: second.identity.id, epoch: second.identity.epoch + 1 });
  });

  it('R28: is refused while another holds the database, and possible after', () => {
    const path = newPath();
    const first = DatabaseWriter.open(path);
    expect(openingOf(path)).toBe('ERR_STORE_LOCKED');
    first.close();
    expect(openingOf(path)).toBe('opened');
  });
});

describe('R25: a damaged or foreign file', () => {
  const damages: [string, (path: string) => void, string][] = [
    ['is empty', (path) => truncateSync(path, 0), 'ERR_STORE_CORRUPT'],
    ['is no database', (path) => writeFileSync(path, 'x'.repeat(10_000)), 'ERR_STORE_CORRUPT'],
    ['is cut within the first page', (path) => truncateSync(path, 100), 'ERR_STORE_CORRUPT'],
    [
      'is cut to half',
      (path) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096),
      'ERR_STORE_CORRUPT',
    ],
    [
      'has another application ID',
      (path) => change(path, 'PRAGMA application_id = 1'),
      'ERR_STORE_SCHEMA_VERSION',
    ],
    [
      'was written by a newer program',
      (path) => change(path, "INSERT INTO schema_migrations VALUES (999, 'future')"),
      'ERR_STORE_SCHEMA_VERSION',
    ],
    ['lost its page key', (path) => change(path, "DELETE FROM meta WHERE name = 'id'"), 'ERR_STORE_CORRUPT'],
  ];

  it.each(damages)('is refused by name when it %s, and left as it is', (_, damage, code) => {
    const path = prepared(200);
    damage(path);
    const before = readFileSync(path);
    expect(openingOf(path)).toBe(code);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is refused when it is a symbolic link', () => {
    const path = newPath();
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(prepared(), path);
    expect(openingOf(path)).toBe('ERR_STORE_CORRUPT');
  });

  it('is refused when the file is gone and its log is not', () => {
    const path = newPath();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}-wal`, 'x');
    expect(openingOf(path)).toBe('ERR_STORE_CORRUPT');
    expect(existsSync(path)).toBe(false);
  });

  it('is checked as a whole after an unclean stop', () => {
    const path = prepared(2000);
    // A page in the middle that opening by itself does not read, and the mark of an unclean stop.
    const descriptor = openSync(path, 'r+');
    writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, 4096 * Math.floor(statSync(path).size / 8192));
    closeSync(descriptor);
    writeFileSync(`${path}-wal`, Buffer.alloc(64));
    expect(openingOf(path)).toBe('ERR_STORE_CORRUPT');
  });

  it('begins anew when a first start was cut short', () => {
    const path = newPath();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, 'half of a draft');
    prepared(1, path);
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});

function change(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}
