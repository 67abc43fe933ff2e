import { filteredLedger, type LedgerRowFilter } from './ledger-filter.ts';
import type { LedgerRowRecord } from './ledger-rows.ts';
import { readPage, type PageInput, type RowPage } from './page-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { compile, prepare } from './statement.ts';
import { allRows, firstRow, type Steps } from './steps.ts';
import type { LedgerJournalTable } from './schema.ts';

const selectJournals = prepare<object, LedgerJournalTable>((db) =>
  db.selectFrom('ledger_journal').select(['name', 'indexed_bytes']),
);

const selectPosition = prepare<object, { seq: number }>((db) =>
  db.selectFrom('sqlite_sequence').select('seq').where('name', '=', 'ledger'),
);

/** @see LedgerStore.find */
export function* findLedgerRows(input: {
  filter: LedgerRowFilter;
  page: PageInput;
}): Steps<RowPage<LedgerRowRecord>> {
  return yield* readPage('ledger', input.page, ({ afterRow, limit }) => {
    let query = filteredLedger(queryBuilder, input.filter)
      .select([
        'position as row_id',
        'kind',
        'authority_id',
        'credential',
        'spiffe_id',
        'entry_id',
        'agent_id',
        'task_id',
        'evidence',
        'audience',
        'issued_at',
        'expires_at',
        'revocation',
        'revoked_at',
      ])
      .orderBy('position', 'desc');
    // Newest first: the page "after" a row holds lower positions; 0 stands for the first page.
    if (afterRow > 0) query = query.where('position', '<', afterRow);
    return compile(limit === undefined ? query : query.limit(limit));
  });
}

/** @see LedgerStore.journals */
export function* ledgerJournals(): Steps<readonly LedgerJournalTable[]> {
  return yield* allRows(selectJournals({}));
}

/** @see LedgerStore.latest */
export function* latestLedgerPosition(): Steps<number> {
  return (yield* firstRow(selectPosition({})))?.seq ?? 0;
}
