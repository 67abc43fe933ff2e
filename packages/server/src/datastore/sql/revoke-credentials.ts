import { recordChange } from './change-operations.ts';
import type { LedgerRowFilter } from './ledger-filter.ts';
import { ledgerKinds } from './ledger-rows.ts';
import {
  NO_CREDENTIAL,
  NO_SUBJECT,
  REVOCATION_SLACK,
  type RevocationGrounds,
  type RevocationRow,
} from './revocation-rows.ts';
import { insertRevocation } from './revocation-sequence.ts';
import {
  activeCredentials,
  countActive,
  coverFilter,
  markCredential,
  markCredentials,
  type ActiveCredential,
  type SubjectCover,
} from './revoked-ledger.ts';
import type { Steps } from './steps.ts';
import type { WriteContext } from './write-context.ts';

/** What a revocation reached. */
export interface RevokedCount {
  /** Newest sequence that was given; 0 when none was. */
  readonly revocation: number;
  readonly x509Svids: number;
  readonly jwtSvids: number;
}

export const NOTHING_REVOKED: RevokedCount = { revocation: 0, x509Svids: 0, jwtSvids: 0 };

/**
 * Revokes every active credential that a filter finds, in the transaction of whoever asks: one revocation per serial and
 * `jti`. Tokens without a `jti` take a rule for their SPIFFE ID, which covers all that was issued to it up to now.
 */
export function* revokeCredentials(
  filter: LedgerRowFilter,
  grounds: RevocationGrounds,
  context: WriteContext,
): Steps<RevokedCount> {
  const credentials = yield* activeCredentials(filter, context.at);
  const added: RevocationRow[] = [];
  const count = { x509Svids: 0, jwtSvids: 0 };
  for (const each of credentials.filter(({ credential }) => credential !== '')) {
    added.push(yield* revokeOne(each, grounds, context.at));
    count[each.kind === ledgerKinds.x509 ? 'x509Svids' : 'jwtSvids']++;
  }
  for (const cover of coversOf(credentials, context.at)) {
    const ruled = yield* addRule(cover, grounds, context.at, 0);
    if (ruled.row !== undefined) added.push(ruled.row);
    count.x509Svids += ruled.x509Svids;
    count.jwtSvids += ruled.jwtSvids;
  }
  return { revocation: yield* announce(added, context), ...count };
}

/**
 * Revokes all that was issued to a SPIFFE ID, or below it, up to a moment: one rule, whatever it covers.
 *
 * @param options.takesNewer - also what was issued after it, one by one: a rule would cover what is issued from now on.
 * @param horizon - when nothing that the rule may cover is valid any more, also if the ledger does not know of it.
 */
export function* revokeSubject(
  { takesNewer, ...cover }: SubjectCover & { readonly takesNewer: boolean },
  grounds: RevocationGrounds,
  context: WriteContext,
  horizon: number,
): Steps<RevokedCount> {
  const { row, x509Svids, jwtSvids } = yield* addRule(cover, grounds, context.at, horizon);
  const revocation = yield* announce(row === undefined ? [] : [row], context);
  const ruled = { revocation, x509Svids, jwtSvids };
  if (!takesNewer) return ruled;
  const { spiffe_id: spiffeId, is_prefix, issued_until: issuedAfter } = cover;
  const newer = yield* revokeCredentials(
    { spiffeId, isPrefix: is_prefix === 1, issuedAfter },
    grounds,
    context,
  );
  return {
    revocation: Math.max(ruled.revocation, newer.revocation),
    x509Svids: ruled.x509Svids + newer.x509Svids,
    jwtSvids: ruled.jwtSvids + newer.jwtSvids,
  };
}

/** Revokes a task's credentials: one revocation, whatever hangs from it. @param horizon - as in {@link revokeSubject}. */
export function* revokeTask(
  taskId: string,
  grounds: RevocationGrounds,
  context: WriteContext,
  horizon: number,
): Steps<RevokedCount> {
  const credentials = yield* activeCredentials({ taskId }, context.at);
  const lastExpiry = credentials.reduce((last, { expires_at }) => Math.max(last, expires_at), horizon);
  const row = yield* insertRevocation({
    ...grounds,
    ...NO_SUBJECT,
    kind: 'task',
    authority_id: '',
    credential: taskId,
    revoked_at: context.at,
    expires_at: lastExpiry + REVOCATION_SLACK,
  });
  yield* markCredentials({ taskId }, row.sequence, context.at);
  const x509Svids = credentials.filter(({ kind }) => kind === ledgerKinds.x509).length;
  const revocation = yield* announce([row], context);
  return { revocation, x509Svids, jwtSvids: credentials.length - x509Svids };
}

/** Writes revocations into the change log as one change; the newest sequence, 0 for none. */
export function* announce(rows: readonly RevocationRow[], context: WriteContext): Steps<number> {
  const newest = rows.at(-1)?.sequence ?? 0;
  if (newest > 0) yield* recordChange(context, { kind: 'revocation', id: String(newest), rows });
  return newest;
}

function* revokeOne(
  { position, kind, authority_id, credential, expires_at }: ActiveCredential,
  grounds: RevocationGrounds,
  at: number,
): Steps<RevocationRow> {
  const isX509 = kind === ledgerKinds.x509;
  const row = yield* insertRevocation({
    ...grounds,
    ...NO_SUBJECT,
    kind: isX509 ? 'x509' : 'jwt',
    authority_id: isX509 ? authority_id : '',
    credential,
    revoked_at: at,
    expires_at: expires_at + REVOCATION_SLACK,
  });
  yield* markCredential(position, row.sequence, at);
  return row;
}

/** One rule per SPIFFE ID with tokens that cannot be named. */
function coversOf(credentials: readonly ActiveCredential[], at: number): readonly SubjectCover[] {
  const covers = new Map<string, SubjectCover>();
  for (const { credential, spiffe_id, issued_at } of credentials) {
    if (credential !== '') continue;
    // The clock may have been set back since: what is covered was issued all the same.
    const issued_until = Math.max(at, issued_at, covers.get(spiffe_id)?.issued_until ?? 0);
    covers.set(spiffe_id, { spiffe_id, is_prefix: 0, issued_until });
  }
  return [...covers.values()];
}

function* addRule(
  cover: SubjectCover,
  grounds: RevocationGrounds,
  at: number,
  horizon: number,
): Steps<{ row: RevocationRow | undefined; x509Svids: number; jwtSvids: number }> {
  const { lastExpiry, x509Svids, jwtSvids } = yield* countActive(coverFilter(cover), at);
  const last = Math.max(lastExpiry, horizon);
  if (last <= at) return { row: undefined, x509Svids, jwtSvids };
  const row = yield* insertRevocation({
    ...grounds,
    ...NO_CREDENTIAL,
    ...cover,
    kind: 'subject',
    revoked_at: at,
    expires_at: last + REVOCATION_SLACK,
  });
  yield* markCredentials(coverFilter(cover), row.sequence, at);
  return { row, x509Svids, jwtSvids };
}
