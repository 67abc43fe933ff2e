import { filteredEntries } from './entry-filter.ts';
import { deleteEntries } from './entry-writes.ts';
import { recordChange } from './change-operations.ts';
import { findAgentRow, findStoredAgent, type AgentRow, type StoredAgentRow } from './agent-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { agentBanned, agentDeleted } from './revocation-causes.ts';
import { revokeCredentials } from './revoke-credentials.ts';
import { StoreError } from '@signet/core';
import { parseSelectorList } from './selector-list.ts';
import { compile, prepare } from './statement.ts';
import { allRows, firstRow, insertedRow, run, type Steps } from './steps.ts';
import { endTasksOfAgent } from './task-ends.ts';
import type { WriteContext } from './write-context.ts';

/** What an attestation established; selectors without repetition, as stored. */
export type AttestationInput = Pick<
  AgentRow,
  'id' | 'attestation_type' | 'serial_number' | 'expires_at' | 'can_reattest' | 'selectors'
>;

const insertAgent = prepare<AgentRow & { selector_count: number }>((db, value) =>
  db.insertInto('agents').values({
    id: value('id'),
    attestation_type: value('attestation_type'),
    serial_number: value('serial_number'),
    expires_at: value('expires_at'),
    new_serial_number: value('new_serial_number'),
    new_expires_at: value('new_expires_at'),
    can_reattest: value('can_reattest'),
    agent_version: value('agent_version'),
    selectors: value('selectors'),
    selector_count: value('selector_count'),
  }),
);

const updateAgent = prepare<AgentRow & { selector_count: number; row_id: number }>((db, value) =>
  db
    .updateTable('agents')
    .set({
      serial_number: value('serial_number'),
      expires_at: value('expires_at'),
      new_serial_number: value('new_serial_number'),
      new_expires_at: value('new_expires_at'),
      can_reattest: value('can_reattest'),
      agent_version: value('agent_version'),
      selectors: value('selectors'),
      selector_count: value('selector_count'),
    })
    .where('row_id', '=', value('row_id')),
);

const deleteAgentRow = prepare<{ row_id: number }>((db, value) =>
  db.deleteFrom('agents').where('row_id', '=', value('row_id')),
);

const insertSelector = prepare<{ type: string; value: string; row: number }>((db, value) =>
  db
    .insertInto('agent_selectors')
    .values({ type: value('type'), value: value('value'), agent_row: value('row') }),
);

const deleteSelector = prepare<{ type: string; value: string; row: number }>((db, value) =>
  db
    .deleteFrom('agent_selectors')
    .where('type', '=', value('type'))
    .where('value', '=', value('value'))
    .where('agent_row', '=', value('row')),
);

/** @see AgentStore.saveAttestation */
export function* saveAttestation(input: AttestationInput, context: WriteContext): Steps<AgentRow> {
  const stored = yield* firstRow(findStoredAgent({ id: input.id }));
  const fresh = { new_serial_number: '', new_expires_at: 0 };
  if (stored === undefined) {
    const row: AgentRow = { ...input, ...fresh, agent_version: '' };
    const agentRow = yield* insertedRow(insertAgent({ ...row, selector_count: countSelectors(row) }));
    yield* indexAgent(agentRow, row);
    yield* recordChange(context, { kind: 'agent', id: row.id, row });
    return row;
  }
  refuseBanned(stored);
  const kept = { attestation_type: stored.attestation_type, agent_version: stored.agent_version };
  return yield* replaceAgent(stored, { ...input, ...fresh, ...kept }, context);
}

/** @see AgentStore.renew */
export function* renewAgent(
  input: { id: string; serialNumber: string; expiresAt: number },
  context: WriteContext,
): Steps<void> {
  const stored = yield* firstRow(findStoredAgent(input));
  if (stored === undefined) throw new StoreError('ERR_NOT_FOUND', 'agent not found');
  refuseBanned(stored);
  const renewal = { new_serial_number: input.serialNumber, new_expires_at: input.expiresAt };
  yield* replaceAgent(stored, { ...stored, ...renewal }, context);
}

/** @see AgentStore.activateNewSerial */
export function* activateNewSerial(
  input: { id: string; serialNumber: string },
  context: WriteContext,
): Steps<boolean> {
  const stored = yield* firstRow(findStoredAgent(input));
  // A banned node's serials are '': nothing may match them.
  if (stored === undefined || input.serialNumber === '') return false;
  if (stored.serial_number === input.serialNumber) return true;
  if (stored.serial_number === '' || stored.new_serial_number !== input.serialNumber) return false;
  const current = { serial_number: stored.new_serial_number, expires_at: stored.new_expires_at };
  yield* replaceAgent(stored, { ...stored, ...current, new_serial_number: '', new_expires_at: 0 }, context);
  return true;
}

/** Bans a node and revokes what it has, its own and its workloads'. @see AgentStore.ban */
export function* banAgent(input: { id: string }, context: WriteContext): Steps<boolean> {
  const stored = yield* firstRow(findStoredAgent(input));
  if (stored === undefined) return false;
  yield* replaceAgent(
    stored,
    { ...stored, serial_number: '', new_serial_number: '', new_expires_at: 0 },
    context,
  );
  yield* endTasksOfAgent(stored.id, agentBanned.actor, context);
  yield* revokeCredentials({ agentId: stored.id }, agentBanned, context);
  return true;
}

/** @see AgentStore.setAgentVersion */
export function* setAgentVersion(
  input: { id: string; version: string },
  context: WriteContext,
): Steps<boolean> {
  const stored = yield* firstRow(findStoredAgent(input));
  if (stored === undefined) return false;
  if (input.version === '' || input.version === stored.agent_version) return true;
  yield* replaceAgent(stored, { ...stored, agent_version: input.version }, context);
  return true;
}

/** Forgets a node and revokes what it has, its own and its workloads'. @see AgentStore.delete */
export function* deleteAgent(input: { id: string }, context: WriteContext): Steps<boolean> {
  if (!(yield* forgetAgent(input, context))) return false;
  yield* revokeCredentials({ agentId: input.id }, agentDeleted, context);
  return true;
}

function* forgetAgent(input: { id: string }, context: WriteContext): Steps<boolean> {
  const stored = yield* firstRow(findStoredAgent(input));
  if (stored === undefined) return false;
  yield* unindexAgent(stored.row_id, stored);
  yield* run(deleteAgentRow({ row_id: stored.row_id }));
  yield* recordChange(context, { kind: 'agent', id: input.id });
  yield* endTasksOfAgent(input.id, agentDeleted.actor, context);
  if (stored.attestation_type === 'join_token') yield* deleteAliases(input.id, context);
  return true;
}

/** Deletes the entries that exist only to give this node its alias. */
function* deleteAliases(id: string, context: WriteContext): Steps<void> {
  const selectors = { members: [['spiffe_id', id]], match: 'exact' } as const;
  const query = filteredEntries(queryBuilder, { parentId: id, selectors }).select('entries.id');
  const aliases = yield* allRows(compile(query));
  yield* deleteEntries(
    aliases.map((alias) => alias.id),
    context,
  );
}

/** @see AgentStore.pruneExpired */
export function* pruneExpiredAgents(
  input: { expiredBefore: number; includeNonReattestable: boolean; limit: number },
  context: WriteContext,
): Steps<number> {
  const query = queryBuilder
    .selectFrom('agents')
    .select('id')
    .where('expires_at', '<', input.expiredBefore)
    .where('new_expires_at', '<', input.expiredBefore)
    .where('serial_number', '!=', '')
    .$if(!input.includeNonReattestable, (q) => q.where('can_reattest', '=', 1))
    .orderBy('row_id')
    .limit(input.limit);
  const expired = yield* allRows(compile(query));
  for (const { id } of expired) yield* forgetAgent({ id }, context);
  return expired.length;
}

function* replaceAgent(stored: StoredAgentRow, next: AgentRow, context: WriteContext): Steps<AgentRow> {
  const sameSelectors = stored.selectors === next.selectors;
  if (!sameSelectors) yield* unindexAgent(stored.row_id, stored);
  yield* run(updateAgent({ ...next, selector_count: countSelectors(next), row_id: stored.row_id }));
  if (!sameSelectors) yield* indexAgent(stored.row_id, next);
  const row = yield* firstRow(findAgentRow({ id: stored.id }));
  if (row === undefined) throw new StoreError('ERR_STORE_CORRUPT', 'an updated node is gone');
  yield* recordChange(context, { kind: 'agent', id: row.id, row });
  return row;
}

function* indexAgent(agentRow: number, row: AgentRow): Steps<void> {
  for (const [type, value] of parseSelectorList(row.selectors)) {
    yield* run(insertSelector({ type, value, row: agentRow }));
  }
}

function* unindexAgent(agentRow: number, row: AgentRow): Steps<void> {
  for (const [type, value] of parseSelectorList(row.selectors)) {
    yield* run(deleteSelector({ type, value, row: agentRow }));
  }
}

function countSelectors(row: Pick<AgentRow, 'selectors'>): number {
  return parseSelectorList(row.selectors).length;
}

function refuseBanned(row: AgentRow): void {
  if (row.serial_number === '') throw new StoreError('ERR_PERMISSION_DENIED', 'agent is banned');
}
