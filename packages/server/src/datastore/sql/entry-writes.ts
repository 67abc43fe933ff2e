import { randomUUID } from 'node:crypto';
import { recordChange } from './change-operations.ts';
import { derivedColumns, indexEntry, unindexEntry } from './entry-index-rows.ts';
import { entryColumns, findEntryRow, findStoredEntry, type EntryRow } from './entry-rows.ts';
import { findSimilarEntry } from './similar-entry.ts';
import { alreadyExists, refuseContent } from './entry-rules.ts';
import type { RefusalRecord } from './refusal.ts';
import { revokeCredentials } from './revoke-credentials.ts';
import { entryChanged, entryDeleted, entryExpired } from './revocation-causes.ts';
import type { RevocationGrounds } from './revocation-rows.ts';
import { selectorKeys } from './selector-list.ts';
import { prepare, type Placeholders } from './statement.ts';
import { firstRow, insertedRow, run, type Steps } from './steps.ts';
import { endTasksOfEntry } from './task-ends.ts';
import { findTaskPolicyRow } from './task-rows.ts';
import type { WriteContext } from './write-context.ts';

/** An entry to create; without ID the store chooses one. */
export type NewEntryRow = Omit<EntryRow, 'id' | 'revision_number' | 'created_at'> & { readonly id?: string };

/** Columns to replace. */
export interface EntryRowUpdate {
  readonly id: string;
  readonly columns: Partial<Omit<EntryRow, 'id' | 'revision_number' | 'created_at'>>;
}

/** The row after the write, the row that was there already, or why not. */
export type EntryWriteOutcome =
  | { readonly outcome: 'created' | 'similar' | 'updated'; readonly row: EntryRow }
  | { readonly outcome: 'refused'; readonly refusal: RefusalRecord };

type StoredColumns = EntryRow & ReturnType<typeof derivedColumns>;

const storedColumns = [...entryColumns, 'selector_count', 'federates_count', 'selector_hash'] as const;

const insertEntry = prepare<StoredColumns>((db, value) =>
  db.insertInto('entries').values(columnValues(storedColumns, value)),
);

const updateEntry = prepare<StoredColumns & { row_id: number }>((db, value) =>
  db.updateTable('entries').set(columnValues(storedColumns, value)).where('row_id', '=', value('row_id')),
);

const deleteEntry = prepare<{ row_id: number }>((db, value) =>
  db.deleteFrom('entries').where('row_id', '=', value('row_id')),
);

const deleteTaskPolicy = prepare<{ entry_id: string }>((db, value) =>
  db.deleteFrom('task_policies').where('entry_id', '=', value('entry_id')),
);

/** @see EntryStore.create */
export function* createEntries(
  entries: readonly NewEntryRow[],
  context: WriteContext,
): Steps<readonly EntryWriteOutcome[]> {
  const outcomes: EntryWriteOutcome[] = [];
  for (const entry of entries) outcomes.push(yield* createEntry(entry, context));
  return outcomes;
}

/** Creates one entry, or says why not without having written anything. */
export function* createEntry(entry: NewEntryRow, context: WriteContext): Steps<EntryWriteOutcome> {
  const similar = yield* findSimilarEntry(entry);
  if (similar !== undefined) return { outcome: 'similar', row: similar };
  if (entry.id !== undefined && (yield* firstRow(findEntryRow({ id: entry.id }))) !== undefined) {
    return { outcome: 'refused', refusal: alreadyExists('entry ID is taken') };
  }
  const id = entry.id ?? randomUUID();
  const row: EntryRow = { ...entry, id, revision_number: 0, created_at: context.at };
  const refusal = yield* refuseContent(row);
  if (refusal !== undefined) return { outcome: 'refused', refusal };
  const entryRow = yield* insertedRow(insertEntry({ ...row, ...derivedColumns(row) }));
  yield* indexEntry(entryRow, row);
  yield* recordChange(context, { kind: 'entry', id, row });
  return { outcome: 'created', row };
}

/** @see EntryStore.update */
export function* updateEntries(
  updates: readonly EntryRowUpdate[],
  context: WriteContext,
): Steps<readonly EntryWriteOutcome[]> {
  const outcomes: EntryWriteOutcome[] = [];
  for (const update of updates) outcomes.push(yield* updateOne(update, context));
  return outcomes;
}

function* updateOne(update: EntryRowUpdate, context: WriteContext): Steps<EntryWriteOutcome> {
  const stored = yield* firstRow(findStoredEntry({ id: update.id }));
  if (stored === undefined) {
    return { outcome: 'refused', refusal: { code: 'ERR_NOT_FOUND', message: 'entry not found' } };
  }
  const { row_id: entryRow, ...before } = stored;
  const row = { ...before, ...update.columns, revision_number: before.revision_number + 1 };
  const refusal = yield* refuseContent(row);
  if (refusal !== undefined) return { outcome: 'refused', refusal };
  yield* replaceEntry(entryRow, before, row, context);
  if (identifiesOthers(before, row)) {
    yield* endTasksOfEntry(row.id, entryChanged.actor, context);
    yield* revokeCredentials({ entryId: row.id }, entryChanged, context);
  }
  return { outcome: 'updated', row };
}

/** Whether what was issued for an entry is no longer what it would be issued for. */
function identifiesOthers(before: EntryRow, after: EntryRow): boolean {
  if (before.spiffe_id !== after.spiffe_id || before.parent_id !== after.parent_id) return true;
  const [had, has] = [selectorKeys(before.selectors), selectorKeys(after.selectors)];
  return had.length !== has.length || had.some((key, i) => key !== has[i]);
}

/** Writes the new state of an entry over the old one. */
export function* replaceEntry(
  entryRow: number,
  before: EntryRow,
  row: EntryRow,
  context: WriteContext,
): Steps<void> {
  yield* unindexEntry(entryRow, before);
  yield* run(updateEntry({ ...row, ...derivedColumns(row), row_id: entryRow }));
  yield* indexEntry(entryRow, row);
  yield* recordChange(context, { kind: 'entry', id: row.id, row });
}

/** Deletes entries and revokes what was issued for them. @see EntryStore.delete */
export function* deleteEntries(ids: readonly string[], context: WriteContext): Steps<readonly boolean[]> {
  const existed: boolean[] = [];
  for (const id of ids) existed.push(yield* deleteOne(id, entryDeleted, context));
  return existed;
}

function* deleteOne(id: string, cause: RevocationGrounds, context: WriteContext): Steps<boolean> {
  const stored = yield* firstRow(findStoredEntry({ id }));
  if (stored === undefined) return false;
  yield* unindexEntry(stored.row_id, stored);
  yield* run(deleteEntry({ row_id: stored.row_id }));
  yield* recordChange(context, { kind: 'entry', id });
  yield* forgetTaskPolicy(id, context);
  yield* endTasksOfEntry(id, cause.actor, context);
  yield* revokeCredentials({ entryId: id }, cause, context);
  return true;
}

function* forgetTaskPolicy(entryId: string, context: WriteContext): Steps<void> {
  if ((yield* firstRow(findTaskPolicyRow({ entry_id: entryId }))) === undefined) return;
  yield* run(deleteTaskPolicy({ entry_id: entryId }));
  yield* recordChange(context, { kind: 'task_policy', id: entryId });
}

/** @see EntryStore.deleteExpired */
export function* deleteExpiredEntries(
  input: { ids: readonly string[]; at: number },
  context: WriteContext,
): Steps<number> {
  let count = 0;
  for (const id of input.ids) {
    const stored = yield* firstRow(findStoredEntry({ id }));
    // It may have been given more time since it was looked for.
    if (stored === undefined || stored.expires_at === 0 || stored.expires_at >= input.at) continue;
    if (yield* deleteOne(id, entryExpired, context)) count++;
  }
  return count;
}

function columnValues<Input, Column extends keyof Input & string>(
  columns: readonly Column[],
  value: Placeholders<Input>,
): Pick<Input, Column> {
  return Object.fromEntries(columns.map((column) => [column, value(column)])) as Pick<Input, Column>;
}
