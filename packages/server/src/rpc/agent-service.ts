import { type agentService, spiffeIdFromWire, x509SvidToWire } from '@signet/api';
import { type Clock, requireWorkloadId, type SpiffeId, type TrustDomain } from '@signet/core';
import { type ServerNodeAttestor } from '@signet/plugins';
import { type IssueAgentSvid } from '../attestation/attest-agent.ts';
import { createJoinToken } from '../attestation/create-join-token.ts';
import {
  banAgent,
  countAgents,
  deleteAgent,
  getAgent,
  listAgents,
  recordAgentStatus,
} from '../attestation/manage-agents.ts';
import { renewAgent } from '../attestation/renew-agent.ts';
import { type AgentStore } from '../datastore/agent-store.ts';
import { type JoinTokenStore } from '../datastore/join-token-store.ts';
import { readingArgument } from '../error-text.ts';
import { agentFilterFromWire, agentIdFromWire, agentToWire } from './agent-wire.ts';
import { attestAgentHandler } from './attest-agent-handler.ts';
import { type AuthorizedCall } from './call.ts';
import { callerId } from './caller.ts';
import { type Handlers } from './service-host.ts';

/** The roles behind the Agent API. */
export interface AgentServiceDeps {
  readonly trustDomain: TrustDomain;
  readonly clock: Clock;
  readonly agents: AgentStore;
  readonly joinTokens: JoinTokenStore;
  /** By attestation type. */
  readonly attestors: ReadonlyMap<string, ServerNodeAttestor>;
  readonly issueAgentSvid: IssueAgentSvid;
}

/** The handlers of `spire.api.server.agent.v1.Agent`. @spec spire-server-api §4 */
export function createAgentService(deps: AgentServiceDeps): Handlers<typeof agentService, 'AttestAgent'> {
  const { trustDomain, agents } = deps;
  return {
    AttestAgent: attestAgentHandler(deps),

    RenewAgent: async ({ params }, call) => {
      const svid = await renewAgent(callerId(call.caller), params?.csr, deps);
      call.audit.note({ expires_at: svid.expiresAt, serial_number: svid.serialHex });
      return { svid: x509SvidToWire({ id: svid.spiffeId, chain: svid.chainDer, expiresAt: svid.expiresAt }) };
    },

    PostStatus: async ({ agent_version: version }, call) => {
      await recordAgentStatus(callerId(call.caller), version, agents);
      return {};
    },

    CountAgents: async ({ filter }) => ({ count: await countAgents(agentFilterFromWire(filter), agents) }),

    ListAgents: async ({ filter, output_mask: mask, page_size: size, page_token: token }) => {
      const withSelectors = mask === null || mask.selectors;
      const query = { filter: agentFilterFromWire(filter), page: { size, token }, withSelectors };
      const page = await listAgents(query, agents);
      return {
        agents: page.items.map((node) => agentToWire(node, mask)),
        next_page_token: page.nextPageToken,
      };
    },

    GetAgent: async ({ id, output_mask: mask }, call) => {
      const node = await getAgent(notedAgentId(agentIdFromWire(id, trustDomain), call), agents);
      return agentToWire(node, mask);
    },

    DeleteAgent: async ({ id }, call) => {
      await deleteAgent(notedAgentId(agentIdFromWire(id, trustDomain), call), agents, call.life.log);
      return {};
    },

    BanAgent: async ({ id }, call) => {
      await banAgent(notedAgentId(agentIdFromWire(id, trustDomain), call), agents, call.life.log);
      return {};
    },

    CreateJoinToken: async ({ ttl, token, agent_id: wireAlias }, call) => {
      const aliasId = wireAlias === null ? undefined : aliasIdFromWire(wireAlias, trustDomain);
      call.audit.note({ ttl, ...(aliasId && { agent_id: aliasId.uri }) });
      const created = await createJoinToken({ ttl, token, ...(aliasId && { aliasId }) }, deps);
      return { value: created.token, expires_at: created.expiresAt };
    },
  };
}

function notedAgentId(id: SpiffeId, call: AuthorizedCall): SpiffeId {
  call.audit.note({ agent_id: id.uri });
  return id;
}

function aliasIdFromWire(wire: Parameters<typeof spiffeIdFromWire>[0], trustDomain: TrustDomain): SpiffeId {
  return readingArgument('invalid agent ID', () => {
    const id = spiffeIdFromWire(wire);
    requireWorkloadId(id, trustDomain);
    return id;
  });
}
