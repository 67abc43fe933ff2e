import type { LedgerSubjectsTable, LedgerTable } from './schema.ts';

/** Who a credential is for, and why; plain data. */
export type LedgerSubject = Omit<LedgerSubjectsTable, 'subject_row'>;

/** What is stored of a credential when it is new. */
export type NewLedgerRow = Omit<LedgerTable, 'position' | 'subject_row' | 'revocation' | 'revoked_at'> &
  LedgerSubject;

/** A stored credential with its subject; `row_id` is its position. */
export type LedgerRowRecord = NewLedgerRow & {
  readonly row_id: number;
  readonly revocation: number;
  readonly revoked_at: number;
};

/** What {@link LedgerTable} calls the kinds. */
export const ledgerKinds: Readonly<Record<'x509' | 'jwt', 1 | 2>> = { x509: 1, jwt: 2 };
