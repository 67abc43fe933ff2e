import { announce } from './revoke-credentials.ts';
import { revocationColumns, type NewRevocationRow, type RevocationRow } from './revocation-rows.ts';
import { insertRevocation, insertRevocationAt, latestRevocation } from './revocation-sequence.ts';
import { markCredentials, revokedFilter } from './revoked-ledger.ts';
import { prepare } from './statement.ts';
import { changedRows, firstRow, run, type Steps } from './steps.ts';
import { endRestoredTask } from './task-ends.ts';
import type { WriteContext } from './write-context.ts';

const selectOne = prepare<{ sequence: number }, RevocationRow>((db, value) =>
  db.selectFrom('revocations').select(revocationColumns).where('sequence', '=', value('sequence')),
);

const deleteOne = prepare<{ sequence: number }>((db, value) =>
  db.deleteFrom('revocations').where('sequence', '=', value('sequence')),
);

const deleteExpired = prepare<{ at: number }>((db, value) =>
  db.deleteFrom('revocations').where('expires_at', '<=', value('at')),
);

const PLACEHOLDER: NewRevocationRow = {
  reason: 0,
  revoked_at: 0,
  expires_at: 0,
  kind: 'task',
  authority_id: '',
  credential: '',
  spiffe_id: '',
  is_prefix: 0,
  issued_until: 0,
  actor: '',
  comment: '',
};

/**
 * Brings back revocations that the database lacks, each with its sequence, or the next one if that belongs to another.
 *
 * Whether one has expired is not asked: by a clock that is ahead it would be lost for good. {@link pruneRevocations} tidies.
 *
 * @returns how many were lacking.
 */
export function* restoreRevocations(rows: readonly RevocationRow[], context: WriteContext): Steps<number> {
  const added: RevocationRow[] = [];
  for (const row of rows.toSorted((a, b) => a.sequence - b.sequence)) {
    const stored = yield* firstRow(selectOne(row));
    if (stored !== undefined && isSame(stored, row)) continue;
    added.push(yield* stored === undefined ? insertRevocationAt(row) : insertRevocation(row, context.at));
  }
  for (const row of added) yield* markCredentials(revokedFilter(row), row.sequence, row.revoked_at);
  for (const { kind, credential, revoked_at } of rows) {
    if (kind === 'task') yield* endRestoredTask(credential, revoked_at, context);
  }
  yield* announce(added, context);
  return added.length;
}

/** Lets the next revocation have a sequence above this one. */
export function* raiseRevocationSequence(input: { above: number }): Steps<void> {
  if ((yield* latestRevocation()) >= input.above) return;
  yield* insertRevocationAt({ ...PLACEHOLDER, sequence: input.above });
  yield* run(deleteOne({ sequence: input.above }));
}

/** Forgets those that cover nothing valid any more; how many. */
export function* pruneRevocations(input: { at: number }): Steps<number> {
  return yield* changedRows(deleteExpired(input));
}

function isSame(one: RevocationRow, other: RevocationRow): boolean {
  return revocationColumns.every((column) => one[column] === other[column]);
}
