import { ledgerKinds } from './ledger-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { REVOCATION_SLACK, revocationColumns, type RevocationRow } from './revocation-rows.ts';
import { compile, prepare } from './statement.ts';
import { allRows, type Steps } from './steps.ts';

/** A revoked X.509-SVID, as a CRL names it. */
export interface RevokedSerialRow {
  readonly authority_id: string;
  readonly credential: string;
  readonly revoked_at: number;
  readonly reason: number;
}

const selectAfter = prepare<{ after: number; limit: number }, RevocationRow>((db, value) =>
  db
    .selectFrom('revocations')
    .select(revocationColumns)
    .where('sequence', '>', value('after'))
    .orderBy('sequence')
    .limit(value('limit')),
);

const selectNamed = prepare<{ kind: 'x509' | 'jwt'; at: number }, RevokedSerialRow>((db, value) =>
  db
    .selectFrom('revocations')
    .select(['authority_id', 'credential', 'revoked_at', 'reason'])
    .where('kind', '=', value('kind'))
    .where('expires_at', '>', value('at')),
);

/** @see RevocationStore.list */
export function* listRevocations(input: { after: number; limit: number }): Steps<readonly RevocationRow[]> {
  return yield* allRows(selectAfter(input));
}

/** @see RevocationStore.revokedSerials */
export function* revokedSerials(input: { at: number }): Steps<readonly RevokedSerialRow[]> {
  return yield* revokedOfKind('x509', input.at);
}

/** @see RevocationStore.revokedTokenIds */
export function* revokedTokenIds(input: { at: number }): Steps<readonly string[]> {
  return (yield* revokedOfKind('jwt', input.at)).map(({ credential }) => credential);
}

function* revokedOfKind(kind: 'x509' | 'jwt', at: number): Steps<readonly RevokedSerialRow[]> {
  const named = yield* allRows(selectNamed({ kind, at }));
  return [...named, ...(yield* revokedByRules(kind, at))];
}

/** What rules and tasks revoked: the ledger knows which credentials these were. */
function* revokedByRules(kind: 'x509' | 'jwt', at: number): Steps<readonly RevokedSerialRow[]> {
  const query = queryBuilder
    .selectFrom('ledger')
    .innerJoin('revocations', 'revocations.sequence', 'ledger.revocation')
    .select(['ledger.authority_id', 'ledger.credential', 'ledger.revoked_at', 'revocations.reason'])
    .where('ledger.revocation', '<>', 0)
    .where('ledger.kind', '=', ledgerKinds[kind])
    .where('ledger.credential', '<>', '')
    .where('ledger.expires_at', '>', at - REVOCATION_SLACK)
    .where('revocations.kind', 'in', ['subject', 'task']);
  return yield* allRows(compile(query));
}
