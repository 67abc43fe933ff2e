import type { EntriesTable } from './schema.ts';
import { prepare, type PreparedStatement } from './statement.ts';

/** The stored columns of an entry that say what it is; plain data, so that it crosses threads as it was read. */
export type EntryRow = Omit<EntriesTable, 'row_id' | 'selector_count' | 'federates_count' | 'selector_hash'>;

/** The columns of {@link EntryRow}. */
export const entryColumns: readonly (keyof EntryRow)[] = [
  'id',
  'parent_id',
  'spiffe_id',
  'selectors',
  'x509_svid_ttl',
  'jwt_svid_ttl',
  'federates_with',
  'admin',
  'downstream',
  'expires_at',
  'dns_names',
  'revision_number',
  'store_svid',
  'hint',
  'created_at',
  'disable_x509_svid_prefetch',
  'jwt_svid_include_jti',
];

/** A stored entry with the key of its index rows. */
export interface StoredEntryRow extends EntryRow {
  readonly row_id: number;
}

/** The entry of that ID. */
export const findEntryRow: PreparedStatement<{ id: string }, EntryRow> = prepare((db, value) =>
  db.selectFrom('entries').select(entryColumns).where('id', '=', value('id')),
);

/** The entry of that ID with its row ID. */
export const findStoredEntry: PreparedStatement<{ id: string }, StoredEntryRow> = prepare((db, value) =>
  db
    .selectFrom('entries')
    .select(['row_id', ...entryColumns])
    .where('id', '=', value('id')),
);

/**
 * Entries that may be similar: the hash of the selectors can be equal by chance. Asking for an order here would make
 * SQLite walk all entries of the parent.
 */
export const findSimilarCandidates: PreparedStatement<
  { parent_id: string; spiffe_id: string; selector_hash: number },
  EntryRow
> = prepare((db, value) =>
  db
    .selectFrom('entries')
    .select(entryColumns)
    .where('spiffe_id', '=', value('spiffe_id'))
    .where('parent_id', '=', value('parent_id'))
    .where('selector_hash', '=', value('selector_hash')),
);
