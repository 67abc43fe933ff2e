import type { LedgerFilter, LedgerRow } from '../ledger-store.ts';
import type { LedgerRowFilter } from '../sql/ledger-filter.ts';
import { ledgerKinds, type LedgerRowRecord } from '../sql/ledger-rows.ts';

/** The stored form back as a row. */
export function decodeLedgerRow(row: LedgerRowRecord): LedgerRow {
  return {
    position: row.row_id,
    kind: row.kind === ledgerKinds.x509 ? 'x509' : 'jwt',
    authorityId: row.authority_id,
    credential: row.credential,
    spiffeId: row.spiffe_id,
    entryId: row.entry_id,
    agentId: row.agent_id,
    taskId: row.task_id,
    evidence: JSON.parse(row.evidence) as readonly string[],
    audience: JSON.parse(row.audience) as readonly string[],
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    revocation: row.revocation,
    revokedAt: row.revoked_at,
  };
}

/** A filter as the operations take it. */
export function encodeLedgerFilter({ spiffeId, ...rest }: LedgerFilter): LedgerRowFilter {
  return { ...rest, ...(spiffeId && { spiffeId: spiffeId.uri }) };
}
