import { normalizeSelectors, parseSpiffeId, StoreError } from '@signet/core';
import type { AgentFilter, AttestedNode, NewAttestation } from '../agent-store.ts';
import type { AgentRowFilter } from '../sql/agent-filter.ts';
import type { AgentRow } from '../sql/agent-rows.ts';
import type { AttestationInput } from '../sql/agent-writes.ts';
import { decodeSelectors, encodeSelectorQuery, encodeSelectors } from './selector-codec.ts';

/** The node that a row stands for. @throws {SpiffeIdError} the stored ID does not parse. */
export function decodeAgent(row: AgentRow, options: { readonly withSelectors: boolean }): AttestedNode {
  return {
    id: parseSpiffeId(row.id),
    attestationType: row.attestation_type,
    serialNumber: row.serial_number,
    expiresAt: row.expires_at,
    newSerialNumber: row.new_serial_number,
    newExpiresAt: row.new_expires_at,
    canReattest: row.can_reattest === 1,
    agentVersion: row.agent_version,
    selectors: options.withSelectors ? decodeSelectors(row.selectors) : [],
  };
}

/** {@link decodeAgent} of the rows whose ID parses. */
export function decodeAgents(
  rows: readonly AgentRow[],
  options: { readonly withSelectors: boolean },
): readonly AttestedNode[] {
  return rows.flatMap((row) => {
    try {
      return [decodeAgent(row, options)];
    } catch {
      return [];
    }
  });
}

/** The attestation as plain data; a selector named twice is kept once. */
export function encodeAttestation(attestation: NewAttestation): AttestationInput {
  return {
    id: attestation.id.uri,
    attestation_type: attestation.attestationType,
    serial_number: attestation.serialNumber,
    expires_at: attestation.expiresAt,
    can_reattest: attestation.canReattest ? 1 : 0,
    selectors: encodeSelectors(normalizeSelectors(attestation.selectors)),
  };
}

/** The filter as plain data. */
export function encodeAgentFilter(filter: AgentFilter): AgentRowFilter {
  const { selectors, ...columns } = filter;
  if (selectors === undefined) return columns;
  if (selectors.values.length === 0) {
    throw new StoreError('ERR_INTERNAL', 'cannot list by empty selectors set');
  }
  return { ...columns, selectors: encodeSelectorQuery(selectors) };
}
