import { filteredLedger, type LedgerRowFilter } from './ledger-filter.ts';
import { ledgerKinds } from './ledger-rows.ts';
import { queryBuilder } from './query-builder.ts';
import type { RevocationRow } from './revocation-rows.ts';
import { compile, prepare } from './statement.ts';
import { allRows, changedRows, run, type Steps } from './steps.ts';

/** A credential that can still be revoked. */
export interface ActiveCredential {
  readonly position: number;
  readonly kind: 1 | 2;
  readonly authority_id: string;
  readonly credential: string;
  readonly spiffe_id: string;
  readonly issued_at: number;
  readonly expires_at: number;
}

/** How many of each kind, and when the last of them expires; 0 when there is none. */
export interface CredentialCount {
  readonly x509Svids: number;
  readonly jwtSvids: number;
  readonly lastExpiry: number;
}

/** Who a subject rule covers. */
export type SubjectCover = Pick<RevocationRow, 'spiffe_id' | 'is_prefix' | 'issued_until'>;

const markPosition = prepare<{ position: number; sequence: number; at: number }>((db, value) =>
  db
    .updateTable('ledger')
    .set({ revocation: value('sequence'), revoked_at: value('at') })
    .where('position', '=', value('position')),
);

/** What a filter finds that has neither expired nor been revoked, oldest first. */
export function* activeCredentials(filter: LedgerRowFilter, at: number): Steps<readonly ActiveCredential[]> {
  const query = filteredLedger(queryBuilder, { ...filter, activeAt: at })
    .select(['position', 'kind', 'authority_id', 'credential', 'spiffe_id', 'issued_at', 'expires_at'])
    .orderBy('position');
  return yield* allRows(compile(query));
}

/** Counts what a filter finds that has neither expired nor been revoked. */
export function* countActive(filter: LedgerRowFilter, at: number): Steps<CredentialCount> {
  const query = filteredLedger(queryBuilder, { ...filter, activeAt: at })
    .select(({ fn }) => ['kind', fn.countAll<number>().as('count'), fn.max('expires_at').as('last')])
    .groupBy('kind');
  const rows = yield* allRows(compile(query));
  const of = (kind: number): number => rows.find((row) => row.kind === kind)?.count ?? 0;
  return {
    x509Svids: of(ledgerKinds.x509),
    jwtSvids: of(ledgerKinds.jwt),
    lastExpiry: Math.max(0, ...rows.map(({ last }) => last)),
  };
}

/** Notes in the ledger what revoked one credential. */
export function* markCredential(position: number, sequence: number, at: number): Steps<void> {
  yield* run(markPosition({ position, sequence, at }));
}

/** Notes in the ledger what a filter finds that is still active; how many rows. */
export function* markCredentials(filter: LedgerRowFilter, sequence: number, at: number): Steps<number> {
  const positions = filteredLedger(queryBuilder, { ...filter, activeAt: at }).select('position');
  const update = queryBuilder
    .updateTable('ledger')
    .set({ revocation: sequence, revoked_at: at })
    .where('position', 'in', positions);
  return yield* changedRows(compile(update));
}

/** The credentials that a rule covers, as a filter of the ledger. */
export function coverFilter({ spiffe_id, is_prefix, issued_until }: SubjectCover): LedgerRowFilter {
  return { spiffeId: spiffe_id, isPrefix: is_prefix === 1, issuedBefore: issued_until + 1 };
}

/** The credentials that a revocation covers, as a filter of the ledger. */
export function revokedFilter(row: RevocationRow): LedgerRowFilter {
  switch (row.kind) {
    case 'x509':
      return { serialHex: row.credential, authorityId: row.authority_id };
    case 'jwt':
      return { jti: row.credential };
    case 'task':
      return { taskId: row.credential };
    case 'subject':
      return coverFilter(row);
  }
}
