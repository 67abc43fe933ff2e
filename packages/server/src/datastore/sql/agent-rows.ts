import type { AgentsTable } from './schema.ts';
import { prepare, type PreparedStatement } from './statement.ts';

/** The stored columns of an attested node that say what it is; plain data. */
export type AgentRow = Omit<AgentsTable, 'row_id' | 'selector_count'>;

/** The columns of {@link AgentRow}. */
export const agentColumns: readonly (keyof AgentRow)[] = [
  'id',
  'attestation_type',
  'serial_number',
  'expires_at',
  'new_serial_number',
  'new_expires_at',
  'can_reattest',
  'agent_version',
  'selectors',
];

/** A stored node with the key of its index rows. */
export interface StoredAgentRow extends AgentRow {
  readonly row_id: number;
}

/** The node of that ID. */
export const findAgentRow: PreparedStatement<{ id: string }, AgentRow> = prepare((db, value) =>
  db.selectFrom('agents').select(agentColumns).where('id', '=', value('id')),
);

/** The node of that ID with its row ID. */
export const findStoredAgent: PreparedStatement<{ id: string }, StoredAgentRow> = prepare((db, value) =>
  db
    .selectFrom('agents')
    .select(['row_id', ...agentColumns])
    .where('id', '=', value('id')),
);
