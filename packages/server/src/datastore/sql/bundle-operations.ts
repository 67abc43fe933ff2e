import {
  appendToBundle,
  emptyBundle,
  parseTrustDomain,
  pruneBundle as withoutExpired,
  revokeJwtAuthority as jwtRevoked,
  revokeX509Authority as x509Revoked,
  StoreError,
  taintJwtAuthority as jwtTainted,
  taintX509Authority as x509Tainted,
  type Bundle,
  type BundleChange,
} from '@signet/core';
import {
  bundleOf,
  maskedUpdate,
  recordOf,
  type AuthorityRecords,
  type BundlePartMask,
  type BundleRecord,
} from './bundle-record.ts';
import {
  addBundle,
  findBundle,
  overwriteBundle,
  removeBundle,
  requireBundle,
  withAuthorities,
} from './bundle-rows.ts';
import { recordChange } from './change-operations.ts';
import { parseFederations } from './entry-index-rows.ts';
import { filteredEntries } from './entry-filter.ts';
import { entryColumns, type StoredEntryRow } from './entry-rows.ts';
import { deleteEntries, replaceEntry } from './entry-writes.ts';
import { readPage, type PageInput, type RowPage } from './page-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { compile } from './statement.ts';
import { allRows, firstRow, type Steps } from './steps.ts';
import type { WriteContext } from './write-context.ts';

/** @see BundleStore.get */
export function* getBundle(input: { trustDomain: string }): Steps<BundleRecord | undefined> {
  return (yield* findBundle(input.trustDomain))?.bundle;
}

/** @see BundleStore.list */
export function* listBundles(input: { page: PageInput }): Steps<RowPage<BundleRecord>> {
  const { rows, nextPageToken } = yield* readPage('bundles', input.page, ({ afterRow, limit }) => {
    const query = queryBuilder
      .selectFrom('bundles')
      .selectAll()
      .where('row_id', '>', afterRow)
      .orderBy('row_id');
    return compile(limit === undefined ? query : query.limit(limit));
  });
  const bundles: BundleRecord[] = [];
  for (const row of rows) bundles.push(yield* withAuthorities(row));
  return { rows: bundles, nextPageToken };
}

/** @see BundleStore.count */
export function* countBundles(): Steps<number> {
  const query = queryBuilder.selectFrom('bundles').select((eb) => eb.fn.countAll<number>().as('count'));
  return (yield* firstRow(compile(query)))?.count ?? 0;
}

/** @see BundleStore.create */
export function* createBundle(input: { bundle: BundleRecord }, context: WriteContext): Steps<BundleRecord> {
  if ((yield* findBundle(input.bundle.trustDomain)) !== undefined) {
    throw new StoreError('ERR_ALREADY_EXISTS', 'bundle already exists');
  }
  return yield* store(undefined, input.bundle, context);
}

/** @see BundleStore.update */
export function* updateBundle(
  input: { bundle: BundleRecord; mask: BundlePartMask },
  context: WriteContext,
): Steps<BundleRecord> {
  const stored = yield* requireBundle(input.bundle.trustDomain);
  return yield* store(stored.row, maskedUpdate(stored.bundle, input.bundle, input.mask), context);
}

/** @see BundleStore.set */
export function* setBundle(input: { bundle: BundleRecord }, context: WriteContext): Steps<BundleRecord> {
  const stored = yield* findBundle(input.bundle.trustDomain);
  return yield* store(stored?.row, input.bundle, context);
}

/** @see BundleStore.append */
export function* appendBundle(
  input: { trustDomain: string; authorities: AuthorityRecords; most: number },
  context: WriteContext,
): Steps<BundleRecord> {
  const { x509Authorities, jwtAuthorities } = input.authorities;
  const stored = yield* findBundle(input.trustDomain);
  const before = stored ? bundleOf(stored.bundle) : emptyBundle(parseTrustDomain(input.trustDomain));
  const { bundle, changed } = appendToBundle(before, x509Authorities, jwtAuthorities);
  if (changed && bundle.x509Authorities.length + bundle.jwtAuthorities.length > input.most) {
    throw new StoreError('ERR_RESOURCE_EXHAUSTED', `the bundle has ${input.most} authorities already`);
  }
  if (stored === undefined)
    return yield* store(undefined, { ...recordOf(bundle), sequenceNumber: 0n }, context);
  return changed ? yield* store(stored.row, recordOf(bundle), context) : stored.bundle;
}

/** @see BundleStore.prune */
export function* pruneBundle(
  input: { trustDomain: string; expiredBefore: number },
  context: WriteContext,
): Steps<boolean> {
  const stored = yield* requireBundle(input.trustDomain);
  const { bundle, changed } = withoutExpired(bundleOf(stored.bundle), input.expiredBefore);
  if (changed) yield* store(stored.row, recordOf(bundle), context);
  return changed;
}

/** An authority of a bundle, by its ID. */
export interface AuthorityInput {
  readonly trustDomain: string;
  readonly authorityId: string;
}

/** @see BundleStore.taintX509Authority */
export function* taintX509Authority(input: AuthorityInput, context: WriteContext): Steps<BundleRecord> {
  return yield* edit(input, x509Tainted, context);
}

/** @see BundleStore.revokeX509Authority */
export function* revokeX509Authority(input: AuthorityInput, context: WriteContext): Steps<BundleRecord> {
  return yield* edit(input, x509Revoked, context);
}

/** @see BundleStore.taintJwtAuthority */
export function* taintJwtAuthority(input: AuthorityInput, context: WriteContext): Steps<BundleRecord> {
  return yield* edit(input, jwtTainted, context);
}

/** @see BundleStore.revokeJwtAuthority */
export function* revokeJwtAuthority(input: AuthorityInput, context: WriteContext): Steps<BundleRecord> {
  return yield* edit(input, jwtRevoked, context);
}

/** @see BundleStore.delete */
export function* deleteBundle(
  input: { trustDomain: string; mode: 'restrict' | 'dissociate' | 'delete' },
  context: WriteContext,
): Steps<void> {
  const { row } = yield* requireBundle(input.trustDomain);
  const entries = yield* federatedEntries(input.trustDomain);
  if (entries.length > 0) yield* releaseEntries(entries, input, context);
  yield* removeBundle(row);
  yield* recordChange(context, { kind: 'bundle', id: input.trustDomain });
}

function* releaseEntries(
  entries: readonly StoredEntryRow[],
  input: { trustDomain: string; mode: 'restrict' | 'dissociate' | 'delete' },
  context: WriteContext,
): Steps<void> {
  switch (input.mode) {
    case 'restrict':
      throw new StoreError(
        'ERR_FAILED_PRECONDITION',
        `datastore-sql: cannot delete bundle; federated with ${entries.length} registration entries`,
      );
    case 'delete':
      yield* deleteEntries(
        entries.map(({ id }) => id),
        context,
      );
      return;
    case 'dissociate':
      for (const entry of entries) yield* dissociate(entry, input.trustDomain, context);
  }
}

function* dissociate(stored: StoredEntryRow, trustDomain: string, context: WriteContext): Steps<void> {
  const { row_id: entryRow, ...before } = stored;
  const federatesWith = parseFederations(before).filter((name) => name !== trustDomain);
  const row = {
    ...before,
    federates_with: JSON.stringify(federatesWith),
    revision_number: before.revision_number + 1,
  };
  yield* replaceEntry(entryRow, before, row, context);
}

function* federatedEntries(trustDomain: string): Steps<readonly StoredEntryRow[]> {
  const federatesWith = { members: [trustDomain], match: 'any' } as const;
  const query = filteredEntries(queryBuilder, { federatesWith }).select(['entries.row_id', ...entryColumns]);
  return yield* allRows(compile(query));
}

function* edit(
  input: AuthorityInput,
  change: (bundle: Bundle, authorityId: string) => BundleChange,
  context: WriteContext,
): Steps<BundleRecord> {
  const stored = yield* requireBundle(input.trustDomain);
  const { bundle } = change(bundleOf(stored.bundle), input.authorityId);
  return yield* store(stored.row, recordOf(bundle), context);
}

function* store(row: number | undefined, bundle: BundleRecord, context: WriteContext): Steps<BundleRecord> {
  if (row === undefined) yield* addBundle(bundle);
  else yield* overwriteBundle(row, bundle);
  yield* recordChange(context, { kind: 'bundle', id: bundle.trustDomain });
  return bundle;
}
