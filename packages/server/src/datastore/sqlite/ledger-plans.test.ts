import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { filteredLedger, type LedgerRowFilter } from '../sql/ledger-filter.ts';
import { queryBuilder } from '../sql/query-builder.ts';
import { compile } from '../sql/statement.ts';
import { SqliteConnection } from './connection.ts';
import { migrate } from './migrate.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const folder = temporaryFolders();

describe('searches in the ledger', () => {
  let connection: SqliteConnection;
  beforeAll(() => {
    const path = join(folder(), 'db');
    closeSync(openSync(path, 'wx'));
    connection = SqliteConnection.open(path, { readonly: false });
    migrate(connection, { isNew: true });
  });
  afterAll(() => connection.close());

  const planOf = (filter: LedgerRowFilter): string => {
    const { sql, parameters } = compile(filteredLedger(queryBuilder, filter).select('position'));
    const { rows } = connection.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters });
    return (rows as readonly { detail: string }[]).map(({ detail }) => detail).join('\n');
  };

  it.each<[string, LedgerRowFilter, RegExp]>([
    ['SPIFFE ID', { spiffeId: 'spiffe://example.org/a' }, /ledger_subjects USING .*INDEX .*\(spiffe_id=\?/],
    ['entry', { entryId: 'e' }, /ledger_subjects USING .*INDEX ledger_subjects_by_entry/],
    ['agent', { agentId: 'a' }, /ledger_subjects USING .*INDEX ledger_subjects_by_agent/],
    ['task', { taskId: 't' }, /ledger USING .*INDEX ledger_by_task/],
    ['serial number', { serialHex: 'aa' }, /ledger USING .*INDEX ledger_by_credential/],
    ['jti', { jti: 'j' }, /ledger USING .*INDEX ledger_by_credential/],
  ])('by %s use an index', (_, filter, index) => {
    expect(planOf({ ...filter, activeAt: 1 })).toMatch(index);
    expect(planOf(filter)).not.toMatch(/SCAN/);
  });
});
