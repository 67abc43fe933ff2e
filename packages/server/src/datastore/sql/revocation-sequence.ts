import { SEQUENCES_PER_SECOND } from '../revocation-store.ts';
import { type NewRevocationRow, type RevocationRow } from './revocation-rows.ts';
import { prepare } from './statement.ts';
import { firstRow, run, type Steps } from './steps.ts';

/** A clock beyond this (the year 2223) is not followed: what is left of the numbers that are exact is for counting on. */
const MAX_CLOCK_SEQUENCE = 8_000_000_000_000_000;

const selectSequence = prepare<object, { seq: number }>((db) =>
  db.selectFrom('sqlite_sequence').select('seq').where('name', '=', 'revocations'),
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

/** The highest sequence ever given; 0 for none. */
export function* latestRevocation(): Steps<number> {
  return (yield* firstRow(selectSequence({})))?.seq ?? 0;
}

/** Gives a revocation the next sequence: above all others, and above all that an earlier moment can have given. */
export function* insertRevocation(row: NewRevocationRow, at: number = row.revoked_at): Steps<RevocationRow> {
  const byClock = at * SEQUENCES_PER_SECOND;
  const sequence = Math.max((yield* latestRevocation()) + 1, byClock <= MAX_CLOCK_SEQUENCE ? byClock : 0);
  return yield* insertRevocationAt({ ...row, sequence });
}

/** Stores a revocation with the sequence that it has. */
export function* insertRevocationAt(row: RevocationRow): Steps<RevocationRow> {
  yield* run(insertAt(row));
  return row;
}
