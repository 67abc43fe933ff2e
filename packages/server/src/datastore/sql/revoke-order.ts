import { StoreError } from '@signet/core';
import { findEntryRow } from './entry-rows.ts';
import { filteredLedger, type LedgerRowFilter } from './ledger-filter.ts';
import { queryBuilder } from './query-builder.ts';
import {
  NO_SUBJECT,
  REVOCATION_SLACK,
  type NewRevocationRow,
  type RevocationGrounds,
} from './revocation-rows.ts';
import { insertRevocation } from './revocation-sequence.ts';
import {
  announce,
  NOTHING_REVOKED,
  revokeCredentials,
  revokeSubject,
  revokeTask,
  type RevokedCount,
} from './revoke-credentials.ts';
import type { SubjectCover } from './revoked-ledger.ts';
import { command, compile, prepare } from './statement.ts';
import { allRows, firstRow, run, type Steps } from './steps.ts';
import type { WriteContext } from './write-context.ts';

/** What an operator wants revoked; plain data. */
export type RevokeTarget =
  /** `authorityId` '' takes whichever authority issued it; `isOurs` lets a serial pass that the ledger does not know. */
  | {
      readonly kind: 'x509';
      readonly serialHex: string;
      readonly authorityId: string;
      readonly isOurs: boolean;
    }
  /** `expiresAt` of a token that was shown and verified; 0 when only its `jti` is known. */
  | { readonly kind: 'jwt'; readonly jti: string; readonly expiresAt: number }
  | { readonly kind: 'entry'; readonly entryId: string }
  | { readonly kind: 'agent'; readonly agentId: string }
  | { readonly kind: 'task'; readonly taskId: string }
  /** `takesNewer`: also what was issued after that moment, one by one. */
  | ({ readonly kind: 'subject'; readonly takesNewer: boolean } & SubjectCover);

/** An operator's revocation; plain data. */
export interface RevokeInput {
  readonly target: RevokeTarget;
  readonly grounds: RevocationGrounds;
  /** When nothing is valid any more that an authority of today can have signed. */
  readonly horizon: number;
  /** Everything is done, counted, and undone. */
  readonly isDryRun: boolean;
}

const findRevocation = prepare<
  { kind: NewRevocationRow['kind']; credential: string; authority_id: string; at: number },
  { sequence: number }
>((db, value) =>
  db
    .selectFrom('revocations')
    .select('sequence')
    .where('kind', '=', value('kind'))
    .where('credential', '=', value('credential'))
    .where('authority_id', '=', value('authority_id'))
    .where('expires_at', '>', value('at')),
);

/** @see RevocationStore.revoke */
export function* revoke(input: RevokeInput, context: WriteContext): Steps<RevokedCount> {
  if (!input.isDryRun) return yield* carryOut(input, context);
  yield* run(command('SAVEPOINT dry_run'));
  const count = yield* carryOut(input, { ...context, changes: [] });
  yield* run(command('ROLLBACK TO dry_run'));
  yield* run(command('RELEASE dry_run'));
  return { ...count, revocation: 0 };
}

function* carryOut({ target, grounds, horizon }: RevokeInput, context: WriteContext): Steps<RevokedCount> {
  switch (target.kind) {
    case 'x509':
      return yield* revokeSerial(target, grounds, context, horizon);
    case 'jwt':
      return yield* revokeToken(target, grounds, context);
    case 'entry':
      yield* requireEntry(target.entryId);
      return yield* revokeCredentials({ entryId: target.entryId }, grounds, context);
    case 'agent':
      return yield* revokeCredentials({ agentId: target.agentId }, grounds, context);
    case 'task':
      if (!(yield* isInLedger({ taskId: target.taskId })))
        throw new StoreError('ERR_NOT_FOUND', 'task not found');
      return yield* revokeTask(target.taskId, grounds, context, horizon);
    case 'subject':
      return yield* revokeSubject(target, grounds, context, horizon);
  }
}

function* revokeSerial(
  { serialHex, authorityId, isOurs }: Extract<RevokeTarget, { kind: 'x509' }>,
  grounds: RevocationGrounds,
  context: WriteContext,
  horizon: number,
): Steps<RevokedCount> {
  const issuers = yield* issuersOf(serialHex);
  if (authorityId === '' && issuers.length > 1) {
    throw new StoreError(
      'ERR_INVALID_ARGUMENT',
      'several authorities have issued that serial number: name one',
    );
  }
  const [issuer = authorityId] = authorityId === '' ? issuers : [authorityId];
  if (issuers.includes(issuer)) {
    return yield* revokeCredentials({ serialHex, authorityId: issuer }, grounds, context);
  }
  if (!isOurs) throw new StoreError('ERR_NOT_FOUND', 'no X509-SVID with that serial number was issued here');
  const unknown = { kind: 'x509', authority_id: issuer, credential: serialHex } as const;
  return { ...(yield* revokeUnknown(unknown, horizon, grounds, context)), x509Svids: 1 };
}

function* revokeToken(
  { jti, expiresAt }: Extract<RevokeTarget, { kind: 'jwt' }>,
  grounds: RevocationGrounds,
  context: WriteContext,
): Steps<RevokedCount> {
  if (yield* isInLedger({ jti })) return yield* revokeCredentials({ jti }, grounds, context);
  if (expiresAt === 0) throw new StoreError('ERR_NOT_FOUND', 'no JWT-SVID with that jti was issued here');
  const unknown = { kind: 'jwt', authority_id: '', credential: jti } as const;
  return { ...(yield* revokeUnknown(unknown, expiresAt, grounds, context)), jwtSvids: 1 };
}

/** What the ledger does not know, as after a restore; once is enough. */
function* revokeUnknown(
  named: Pick<NewRevocationRow, 'kind' | 'authority_id' | 'credential'>,
  horizon: number,
  grounds: RevocationGrounds,
  context: WriteContext,
): Steps<RevokedCount> {
  if ((yield* firstRow(findRevocation({ ...named, at: context.at }))) !== undefined) return NOTHING_REVOKED;
  const times = { revoked_at: context.at, expires_at: horizon + REVOCATION_SLACK };
  const row = yield* insertRevocation({ ...grounds, ...NO_SUBJECT, ...named, ...times });
  return { ...NOTHING_REVOKED, revocation: yield* announce([row], context) };
}

function* issuersOf(serialHex: string): Steps<readonly string[]> {
  const query = filteredLedger(queryBuilder, { serialHex }).select('authority_id').distinct();
  return (yield* allRows(compile(query))).map(({ authority_id }) => authority_id);
}

function* isInLedger(filter: LedgerRowFilter): Steps<boolean> {
  const query = filteredLedger(queryBuilder, filter).select('position').limit(1);
  return (yield* firstRow(compile(query))) !== undefined;
}

function* requireEntry(entryId: string): Steps<void> {
  if ((yield* firstRow(findEntryRow({ id: entryId }))) !== undefined) return;
  if (!(yield* isInLedger({ entryId }))) throw new StoreError('ERR_NOT_FOUND', 'entry not found');
}
