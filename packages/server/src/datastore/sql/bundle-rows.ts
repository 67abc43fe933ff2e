import type { BundleRecord } from './bundle-record.ts';
import { StoreError } from '@signet/core';
import type { BundleJwtAuthoritiesTable, BundlesTable, BundleX509AuthoritiesTable } from './schema.ts';
import { prepare } from './statement.ts';
import { allRows, changedRows, firstRow, insertedRow, run, type Steps } from './steps.ts';

/** The stored columns of a bundle with its key. */
export type BundleRow = Omit<BundlesTable, 'row_id'> & { readonly row_id: number };

/** A stored bundle, whole. */
export interface StoredBundle {
  readonly row: number;
  readonly bundle: BundleRecord;
}

const selectBundle = prepare<{ trustDomain: string }, BundleRow>((db, value) =>
  db.selectFrom('bundles').selectAll().where('trust_domain', '=', value('trustDomain')),
);

const selectX509 = prepare<{ row: number }, BundleX509AuthoritiesTable>((db, value) =>
  db
    .selectFrom('bundle_x509_authorities')
    .selectAll()
    .where('bundle_row', '=', value('row'))
    .orderBy('position'),
);

const selectJwt = prepare<{ row: number }, BundleJwtAuthoritiesTable>((db, value) =>
  db
    .selectFrom('bundle_jwt_authorities')
    .selectAll()
    .where('bundle_row', '=', value('row'))
    .orderBy('position'),
);

const insertBundle = prepare<Omit<BundlesTable, 'row_id'>>((db, value) =>
  db.insertInto('bundles').values({
    trust_domain: value('trust_domain'),
    refresh_hint: value('refresh_hint'),
    sequence_number: value('sequence_number'),
  }),
);

const updateBundle = prepare<{ row: number; refresh_hint: number; sequence_number: string }>((db, value) =>
  db
    .updateTable('bundles')
    .set({ refresh_hint: value('refresh_hint'), sequence_number: value('sequence_number') })
    .where('row_id', '=', value('row')),
);

const deleteBundleOf = prepare<{ row: number }>((db, value) =>
  db.deleteFrom('bundles').where('row_id', '=', value('row')),
);

const insertX509 = prepare<BundleX509AuthoritiesTable>((db, value) =>
  db.insertInto('bundle_x509_authorities').values({
    bundle_row: value('bundle_row'),
    position: value('position'),
    der: value('der'),
    tainted: value('tainted'),
  }),
);

const insertJwt = prepare<BundleJwtAuthoritiesTable>((db, value) =>
  db.insertInto('bundle_jwt_authorities').values({
    bundle_row: value('bundle_row'),
    position: value('position'),
    key_id: value('key_id'),
    spki_der: value('spki_der'),
    expires_at: value('expires_at'),
    tainted: value('tainted'),
  }),
);

const deleteX509Of = prepare<{ row: number }>((db, value) =>
  db.deleteFrom('bundle_x509_authorities').where('bundle_row', '=', value('row')),
);

const deleteJwtOf = prepare<{ row: number }>((db, value) =>
  db.deleteFrom('bundle_jwt_authorities').where('bundle_row', '=', value('row')),
);

/** The stored bundle of a trust domain. */
export function* findBundle(trustDomain: string): Steps<StoredBundle | undefined> {
  const row = yield* firstRow(selectBundle({ trustDomain }));
  return row === undefined ? undefined : { row: row.row_id, bundle: yield* withAuthorities(row) };
}

/** The stored bundle of a trust domain. @throws {StoreError} `ERR_NOT_FOUND` */
export function* requireBundle(trustDomain: string): Steps<StoredBundle> {
  const stored = yield* findBundle(trustDomain);
  if (stored === undefined) throw new StoreError('ERR_NOT_FOUND', 'bundle not found');
  return stored;
}

/** The bundle that a row stands for. */
export function* withAuthorities(row: BundleRow): Steps<BundleRecord> {
  const x509 = yield* allRows(selectX509({ row: row.row_id }));
  const jwt = yield* allRows(selectJwt({ row: row.row_id }));
  return {
    trustDomain: row.trust_domain,
    x509Authorities: x509.map(({ der, tainted }) => ({ der, tainted: tainted === 1 })),
    jwtAuthorities: jwt.map(({ key_id, spki_der, expires_at, tainted }) => ({
      keyId: key_id,
      spkiDer: spki_der,
      expiresAt: expires_at,
      tainted: tainted === 1,
    })),
    refreshHint: row.refresh_hint,
    sequenceNumber: BigInt(row.sequence_number),
  };
}

/** Stores a new bundle. */
export function* addBundle(bundle: BundleRecord): Steps<void> {
  const row = yield* insertedRow(
    insertBundle({
      trust_domain: bundle.trustDomain,
      refresh_hint: bundle.refreshHint,
      sequence_number: String(bundle.sequenceNumber),
    }),
  );
  yield* addAuthorities(row, bundle);
}

/** Stores a bundle over the one in that row. */
export function* overwriteBundle(row: number, bundle: BundleRecord): Steps<void> {
  const { refreshHint, sequenceNumber } = bundle;
  yield* run(updateBundle({ row, refresh_hint: refreshHint, sequence_number: String(sequenceNumber) }));
  yield* run(deleteX509Of({ row }));
  yield* run(deleteJwtOf({ row }));
  yield* addAuthorities(row, bundle);
}

/** Deletes the bundle in that row. */
export function* removeBundle(row: number): Steps<void> {
  yield* run(deleteX509Of({ row }));
  yield* run(deleteJwtOf({ row }));
  yield* changedRows(deleteBundleOf({ row }));
}

function* addAuthorities(row: number, bundle: BundleRecord): Steps<void> {
  for (const [position, authority] of bundle.x509Authorities.entries()) {
    const { der, tainted } = authority;
    yield* run(insertX509({ bundle_row: row, position, der, tainted: flag(tainted) }));
  }
  for (const [position, authority] of bundle.jwtAuthorities.entries()) {
    const { keyId, spkiDer, expiresAt, tainted } = authority;
    const columns = { key_id: keyId, spki_der: spkiDer, expires_at: expiresAt, tainted: flag(tainted) };
    yield* run(insertJwt({ bundle_row: row, position, ...columns }));
  }
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
