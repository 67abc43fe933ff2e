import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import { ledgerKinds } from './ledger-rows.ts';
import type { Schema } from './schema.ts';

/** Which rows of the ledger; the plain-data form of `LedgerFilter`. */
export interface LedgerRowFilter {
  readonly spiffeId?: string;
  readonly isPrefix?: boolean;
  readonly entryId?: string;
  readonly agentId?: string;
  readonly taskId?: string;
  /** Only what was not issued in a task. */
  readonly isOutsideTasks?: boolean;
  readonly serialHex?: string;
  readonly authorityId?: string;
  readonly jti?: string;
  readonly kind?: 'x509' | 'jwt';
  readonly activeAt?: number;
  readonly issuedBefore?: number;
  readonly issuedAfter?: number;
}

type LedgerQuery = SelectQueryBuilder<Schema, 'ledger' | 'ledger_subjects', object>;

/** The rows that pass the filter, with their subjects, before choosing columns, order and page. */
export function filteredLedger(db: Kysely<Schema>, filter: LedgerRowFilter): LedgerQuery {
  let query: LedgerQuery = db
    .selectFrom('ledger')
    .innerJoin('ledger_subjects', 'ledger_subjects.subject_row', 'ledger.subject_row');
  if (filter.spiffeId !== undefined)
    query = bySpiffeId(query, filter.spiffeId, { isPrefix: filter.isPrefix ?? false });
  if (filter.entryId !== undefined) query = byName(query, 'entry_id', filter.entryId);
  if (filter.agentId !== undefined) query = byName(query, 'agent_id', filter.agentId);
  if (filter.taskId !== undefined) query = byName(query, 'task_id', filter.taskId);
  if (filter.isOutsideTasks === true) query = query.where('task_id', '=', '');
  if (filter.serialHex !== undefined) query = byCredential(query, 'x509', filter.serialHex);
  if (filter.authorityId !== undefined) query = query.where('authority_id', '=', filter.authorityId);
  if (filter.jti !== undefined) query = byCredential(query, 'jwt', filter.jti);
  if (filter.kind !== undefined) query = query.where('kind', '=', ledgerKinds[filter.kind]);
  if (filter.activeAt !== undefined)
    query = query.where('expires_at', '>', filter.activeAt).where('revocation', '=', 0);
  if (filter.issuedBefore !== undefined) query = query.where('issued_at', '<', filter.issuedBefore);
  if (filter.issuedAfter !== undefined) query = query.where('issued_at', '>', filter.issuedAfter);
  return query;
}

function bySpiffeId(query: LedgerQuery, id: string, { isPrefix }: { isPrefix: boolean }): LedgerQuery {
  if (!isPrefix) return query.where('spiffe_id', '=', id);
  return query.where((eb) =>
    // '0' follows '/'.
    eb.or([
      eb('spiffe_id', '=', id),
      eb.and([eb('spiffe_id', '>', `${id}/`), eb('spiffe_id', '<', `${id}0`)]),
    ]),
  );
}

/** Their indexes leave out the empty ones: SQLite uses one only where the query does so in as many words. */
function byName(query: LedgerQuery, column: 'entry_id' | 'agent_id' | 'task_id', name: string): LedgerQuery {
  return query.where(column, '=', name).where(column, '<>', sql.lit(''));
}

function byCredential(query: LedgerQuery, kind: 'x509' | 'jwt', credential: string): LedgerQuery {
  return query.where('credential', '=', credential).where('kind', '=', ledgerKinds[kind]);
}
