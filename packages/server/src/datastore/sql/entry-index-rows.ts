import type { EntryRow } from './entry-rows.ts';
import { hashSelectorKeys, parseSelectorList, selectorKeys } from './selector-list.ts';
import { prepare } from './statement.ts';
import { run, type Steps } from './steps.ts';

const insertSelector = prepare<{ type: string; value: string; row: number }>((db, value) =>
  db
    .insertInto('entry_selectors')
    .values({ type: value('type'), value: value('value'), entry_row: value('row') }),
);

const insertFederation = prepare<{ trustDomain: string; row: number }>((db, value) =>
  db.insertInto('entry_federations').values({ trust_domain: value('trustDomain'), entry_row: value('row') }),
);

const deleteSelector = prepare<{ type: string; value: string; row: number }>((db, value) =>
  db
    .deleteFrom('entry_selectors')
    .where('type', '=', value('type'))
    .where('value', '=', value('value'))
    .where('entry_row', '=', value('row')),
);

const deleteFederation = prepare<{ trustDomain: string; row: number }>((db, value) =>
  db
    .deleteFrom('entry_federations')
    .where('trust_domain', '=', value('trustDomain'))
    .where('entry_row', '=', value('row')),
);

/** The columns that follow from the others and serve searching. */
export function derivedColumns(row: EntryRow): {
  selector_count: number;
  federates_count: number;
  selector_hash: number;
} {
  return {
    selector_count: parseSelectorList(row.selectors).length,
    federates_count: parseFederations(row).length,
    selector_hash: hashSelectorKeys(selectorKeys(row.selectors)),
  };
}

/** The trust domains an entry federates with. */
export function parseFederations(row: Pick<EntryRow, 'federates_with'>): readonly string[] {
  return row.federates_with === '[]' ? [] : (JSON.parse(row.federates_with) as readonly string[]);
}

/** Makes an entry findable by its selectors and federations. */
export function* indexEntry(entryRow: number, row: EntryRow): Steps<void> {
  for (const [type, value] of parseSelectorList(row.selectors)) {
    yield* run(insertSelector({ type, value, row: entryRow }));
  }
  for (const trustDomain of parseFederations(row)) {
    yield* run(insertFederation({ trustDomain, row: entryRow }));
  }
}

/** Undoes {@link indexEntry}. */
export function* unindexEntry(entryRow: number, row: EntryRow): Steps<void> {
  for (const [type, value] of parseSelectorList(row.selectors)) {
    yield* run(deleteSelector({ type, value, row: entryRow }));
  }
  for (const trustDomain of parseFederations(row)) {
    yield* run(deleteFederation({ trustDomain, row: entryRow }));
  }
}
