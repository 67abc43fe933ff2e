import { filteredEntries, type EntryRowFilter } from './entry-filter.ts';
import { entryColumns, findEntryRow, type EntryRow, type StoredEntryRow } from './entry-rows.ts';
import { readPage, type PageInput, type RowPage } from './page-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { compile, prepare } from './statement.ts';
import { allRows, firstRow, type Steps } from './steps.ts';

const selectExpired = prepare<{ at: number; limit: number }, { id: string }>((db, value) =>
  db
    .selectFrom('entries')
    .select('id')
    .where('expires_at', '>', 0)
    .where('expires_at', '<', value('at'))
    .limit(value('limit')),
);

/** @see EntryStore.get */
export function* getEntry(input: { id: string }): Steps<EntryRow | undefined> {
  return yield* firstRow(findEntryRow(input));
}

/** @see EntryStore.list */
export function* listEntries(input: {
  filter: EntryRowFilter;
  page: PageInput;
}): Steps<RowPage<StoredEntryRow>> {
  return yield* readPage('entries', input.page, ({ afterRow, limit }) => {
    const query = filteredEntries(queryBuilder, input.filter)
      .select(['entries.row_id', ...entryColumns])
      .where('entries.row_id', '>', afterRow)
      .orderBy('entries.row_id');
    return compile(limit === undefined ? query : query.limit(limit));
  });
}

/** @see EntryStore.count */
export function* countEntries(input: { filter: EntryRowFilter }): Steps<number> {
  const query = filteredEntries(queryBuilder, input.filter).select((eb) =>
    eb.fn.countAll<number>().as('count'),
  );
  return (yield* firstRow(compile(query)))?.count ?? 0;
}

/** @see EntryStore.expired */
export function* expiredEntries(input: { at: number; limit: number }): Steps<readonly string[]> {
  return (yield* allRows(selectExpired(input))).map(({ id }) => id);
}
