import { revocationColumns, type RevocationRow } from './revocation-rows.ts';
import { prepare } from './statement.ts';
import { allRows, type Steps } from './steps.ts';

const selectAfter = prepare<{ after: number; limit: number }, RevocationRow>((db, value) =>
  db
    .selectFrom('revocations')
    .select(revocationColumns)
    .where('sequence', '>', value('after'))
    .orderBy('sequence')
    .limit(value('limit')),
);

/** @see RevocationStore.list */
export function* listRevocations(input: { after: number; limit: number }): Steps<readonly RevocationRow[]> {
  return yield* allRows(selectAfter(input));
}
