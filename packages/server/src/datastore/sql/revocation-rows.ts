import type { RevocationsTable } from './schema.ts';
import { prepare } from './statement.ts';
import { insertedRow, type Steps } from './steps.ts';

/** A stored revocation; plain data. */
export type RevocationRow = Omit<RevocationsTable, 'sequence'> & { readonly sequence: number };

/** A revocation before it has its place in the order. */
export type NewRevocationRow = Omit<RevocationRow, 'sequence'>;

/** Why, and by whom. */
export type RevocationGrounds = Pick<RevocationRow, 'reason' | 'actor' | 'comment'>;

/** The columns of {@link RevocationRow}. */
export const revocationColumns: readonly (keyof RevocationRow)[] = [
  'sequence',
  'reason',
  'revoked_at',
  'expires_at',
  'kind',
  'authority_id',
  'credential',
  'spiffe_id',
  'is_prefix',
  'issued_until',
  'actor',
  'comment',
];

/** What a row that names a credential leaves empty. */
export const NO_SUBJECT = { spiffe_id: '', is_prefix: 0, issued_until: 0 } as const;

/** What a subject rule leaves empty. */
export const NO_CREDENTIAL = { authority_id: '', credential: '' } as const;

/**
 * How long a revocation is kept after what it covers has expired, seconds: verifiers accept tokens for a minute beyond
 * their end, and have clocks of their own.
 */
export const REVOCATION_SLACK = 300;

const insert = prepare<NewRevocationRow>((db, value) =>
  db.insertInto('revocations').values({
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

/** Gives a revocation the next sequence. */
export function* insertRevocation(row: NewRevocationRow): Steps<RevocationRow> {
  return { ...row, sequence: yield* insertedRow(insert(row)) };
}
