import { announce } from './revoke-credentials.ts';
import {
  insertRevocation,
  revocationColumns,
  type NewRevocationRow,
  type RevocationRow,
} from './revocation-rows.ts';
import { latestRevocation } from './revocation-reads.ts';
import { markCredentials, revokedFilter } from './revoked-ledger.ts';
import { prepare } from './statement.ts';
import { changedRows, firstRow, run, type Steps } from './steps.ts';
import { endRestoredTask } from './task-ends.ts';
import type { WriteContext } from './write-context.ts';

const selectOne = prepare<{ sequence: number }, RevocationRow>((db, value) =>
  db.selectFrom('revocations').select(revocationColumns).where('sequence', '=', value('sequence')),
);

const insertAt = prepare<RevocationRow>((db, value) =>
  db.insertInto('revocations').values({
    sequence: value('sequence'),
    reason: value('reason'),
    revoked_at: value('revoked_at'),
    expires_at: value('expires_at'),
    kind: value('kind'),
    authority_id: value('authority_id'),
    credential: value('credential'),
    spiffe_id: value('spiffe_id'),
    is_prefix: value('is_prefix'),
    issued_until: value('issued_until'),
    actor: value('actor'),
    comment: value('comment'),
  }),
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
 * @returns how many were lacking.
 */
export function* restoreRevocations(rows: readonly RevocationRow[], context: WriteContext): Steps<number> {
  const added: RevocationRow[] = [];
  for (const row of rows.toSorted((a, b) => a.sequence - b.sequence)) {
    if (row.expires_at <= context.at) continue;
    const stored = yield* firstRow(selectOne(row));
    if (stored !== undefined && isSame(stored, row)) continue;
    added.push(stored === undefined ? yield* insertWith(row) : yield* insertRevocation(row));
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
  yield* run(insertAt({ ...PLACEHOLDER, sequence: input.above }));
  yield* run(deleteOne({ sequence: input.above }));
}

/** Forgets those that cover nothing valid any more; how many. */
export function* pruneRevocations(input: { at: number }): Steps<number> {
  return yield* changedRows(deleteExpired(input));
}

function* insertWith(row: RevocationRow): Steps<RevocationRow> {
  yield* run(insertAt(row));
  return row;
}

function isSame(one: RevocationRow, other: RevocationRow): boolean {
  return revocationColumns.every((column) => one[column] === other[column]);
}
