import type { RevocationsTable } from './schema.ts';

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
