import {
  applyMask,
  type CountAgentsRequestOutput,
  selectorsToWire,
  spiffeIdFromWire,
  spiffeIdToWire,
  type WireAgentInput,
  type WireAgentMaskOutput,
  type WireSPIFFEIDOutput,
} from '@signet/api';
import { requireAgentId, type SpiffeId, type TrustDomain } from '@signet/core';
import { type AgentFilter, type AttestedNode, isBanned } from '../datastore/agent-store.ts';
import { readingArgument } from '../error-text.ts';
import { parseGoTime } from './go-time.ts';
import { selectorMatchFromWire } from './match-filter.ts';

/** A node as the APIs carry it, cut to the mask. */
export function agentToWire(node: AttestedNode, mask: WireAgentMaskOutput | null): WireAgentInput {
  const wire: WireAgentInput = {
    id: spiffeIdToWire(node.id),
    attestation_type: node.attestationType,
    x509svid_serial_number: node.serialNumber,
    x509svid_expires_at: node.expiresAt,
    selectors: selectorsToWire(node.selectors),
    banned: isBanned(node),
    can_reattest: node.canReattest,
    agent_version: node.agentVersion,
  };
  return applyMask(wire, mask as Record<string, boolean> | null, ['id']);
}

/** Reads an agent's ID of a request. @throws {SignetError} `ERR_INVALID_ARGUMENT` with `invalid agent ID: …`. */
export function agentIdFromWire(wire: WireSPIFFEIDOutput | null, trustDomain: TrustDomain): SpiffeId {
  return readingArgument('invalid agent ID', () => {
    const id = spiffeIdFromWire(wire);
    requireAgentId(id, trustDomain);
    return id;
  });
}

/** Reads the filter of ListAgents and CountAgents. A time that does not parse filters nothing, as in SPIRE. */
export function agentFilterFromWire(wire: CountAgentsRequestOutput['filter']): AgentFilter {
  if (wire === null) return {};
  const expiresBefore = parseGoTime(wire.by_expires_before);
  return {
    ...(wire.by_attestation_type !== '' && { attestationType: wire.by_attestation_type }),
    ...(wire.by_banned && { banned: wire.by_banned.value }),
    ...(wire.by_can_reattest && { canReattest: wire.by_can_reattest.value }),
    ...(expiresBefore !== undefined && { expiresBefore }),
    ...(wire.by_selector_match && {
      selectors: selectorMatchFromWire(wire.by_selector_match, 'failed to parse selectors'),
    }),
  };
}
