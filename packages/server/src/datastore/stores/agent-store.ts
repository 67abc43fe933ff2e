import type { AgentStore } from '../agent-store.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { decodeAgent, decodeAgents, encodeAgentFilter, encodeAttestation } from './agent-codec.ts';

/** The agent store over its operations. */
export function createAgentStore(caller: OperationCaller): AgentStore {
  return {
    get: async (id) => {
      const row = await caller.call('agents.get', { id: id.uri });
      return row && decodeAgent(row, { withSelectors: true });
    },
    list: async (filter, page, options) => {
      const input = { filter: encodeAgentFilter(filter), page };
      const { rows, nextPageToken } = await caller.call('agents.list', input);
      return { items: decodeAgents(rows, options), nextPageToken };
    },
    count: async (filter) => caller.call('agents.count', { filter: encodeAgentFilter(filter) }),
    saveAttestation: async (attestation) => {
      const row = await caller.call('agents.saveAttestation', encodeAttestation(attestation));
      return decodeAgent(row, { withSelectors: true });
    },
    renew: (id, renewal) => caller.call('agents.renew', { id: id.uri, ...renewal }),
    activateNewSerial: (id, serialNumber) =>
      caller.call('agents.activateNewSerial', { id: id.uri, serialNumber }),
    ban: (id) => caller.call('agents.ban', { id: id.uri }),
    delete: (id) => caller.call('agents.delete', { id: id.uri }),
    setAgentVersion: (id, version) => caller.call('agents.setAgentVersion', { id: id.uri, version }),
    pruneExpired: (pruning) => caller.call('agents.pruneExpired', pruning),
  };
}
