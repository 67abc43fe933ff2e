import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { Schema } from './schema.ts';
import type { SelectorList } from './selector-list.ts';
import { setBounds, type SetQuery } from './set-match.ts';

/** Which entries; the plain-data form of `EntryFilter`. */
export interface EntryRowFilter {
  readonly parentId?: string;
  readonly spiffeId?: string;
  readonly selectors?: SetQuery<SelectorList[number]>;
  readonly federatesWith?: SetQuery<string>;
  readonly hint?: string;
  readonly downstream?: boolean;
}

type EntryQuery = SelectQueryBuilder<Schema, 'entries', object>;

/** The entries that pass the filter, before choosing columns, order and page. */
export function filteredEntries(db: Kysely<Schema>, filter: EntryRowFilter): EntryQuery {
  let query: EntryQuery = db.selectFrom('entries');
  if (filter.parentId !== undefined) query = query.where('parent_id', '=', filter.parentId);
  if (filter.spiffeId !== undefined) query = query.where('spiffe_id', '=', filter.spiffeId);
  if (filter.hint !== undefined && filter.hint !== '') query = query.where('hint', '=', filter.hint);
  if (filter.downstream === true) query = query.where('downstream', '=', 1);
  if (filter.selectors !== undefined) query = bySelectors(db, query, filter.selectors);
  if (filter.federatesWith !== undefined) query = byFederations(db, query, filter.federatesWith);
  return query;
}

function bySelectors(db: Kysely<Schema>, query: EntryQuery, set: SetQuery<SelectorList[number]>): EntryQuery {
  const bounds = setBounds(set);
  const matching = db
    .selectFrom('entry_selectors')
    .innerJoin('entries as e', 'e.row_id', 'entry_selectors.entry_row')
    .select('entry_selectors.entry_row')
    .where((eb) =>
      eb(
        eb.refTuple('entry_selectors.type', 'entry_selectors.value'),
        'in',
        set.members.map(([type, value]) => eb.tuple(type, value)),
      ),
    )
    .groupBy('entry_selectors.entry_row')
    .having(sql<number>`count(*)`, '>=', bounds.common)
    .$if(bounds.size === 'common', (q) => q.having(sql<boolean>`count(*) = e.selector_count`))
    .$if(typeof bounds.size === 'number', (q) => q.where('e.selector_count', '=', Number(bounds.size)));
  return query.where('entries.row_id', 'in', matching);
}

function byFederations(db: Kysely<Schema>, query: EntryQuery, set: SetQuery<string>): EntryQuery {
  const bounds = setBounds(set);
  const matching = db
    .selectFrom('entry_federations')
    .innerJoin('entries as e', 'e.row_id', 'entry_federations.entry_row')
    .select('entry_federations.entry_row')
    .where('entry_federations.trust_domain', 'in', set.members)
    .groupBy('entry_federations.entry_row')
    .having(sql<number>`count(*)`, '>=', bounds.common)
    .$if(bounds.size === 'common', (q) => q.having(sql<boolean>`count(*) = e.federates_count`))
    .$if(typeof bounds.size === 'number', (q) => q.where('e.federates_count', '=', Number(bounds.size)));
  return query.where('entries.row_id', 'in', matching);
}
