import { SignetError, type SpiffeId } from '@signet/core';
import { type Logger } from '@signet/daemon';
import { type AgentFilter, type AgentStore, type AttestedNode } from '../datastore/agent-store.ts';
import { type Page, type PageRequest } from '../datastore/page.ts';
import { prefixingErrors } from '../error-text.ts';

/** Longest version an agent may tell, bytes. */
const MAX_VERSION_BYTES = 255;

/** @throws {SignetError} `ERR_NOT_FOUND` */
export async function getAgent(id: SpiffeId, agents: Pick<AgentStore, 'get'>): Promise<AttestedNode> {
  const node = await prefixingErrors('failed to fetch agent', agents.get(id));
  if (node === undefined) throw notFound();
  return node;
}

/** Agents that pass the filter. @throws {StoreError} with `failed to list agents: …`. */
export function listAgents(
  query: { readonly filter: AgentFilter; readonly page: PageRequest; readonly withSelectors: boolean },
  agents: Pick<AgentStore, 'list'>,
): Promise<Page<AttestedNode>> {
  const { filter, page, withSelectors } = query;
  return prefixingErrors('failed to list agents', agents.list(filter, page, { withSelectors }));
}

/** How many agents pass the filter. @throws {StoreError} with `failed to count agents: …`. */
export function countAgents(filter: AgentFilter, agents: Pick<AgentStore, 'count'>): Promise<number> {
  return prefixingErrors('failed to count agents', agents.count(filter));
}

/**
 * Bans an agent: it is refused from now on, and can neither renew nor attest. Only evicting it undoes that.
 *
 * @throws {SignetError} `ERR_NOT_FOUND`
 */
export async function banAgent(id: SpiffeId, agents: Pick<AgentStore, 'ban'>, log: Logger): Promise<void> {
  if (!(await prefixingErrors('failed to ban agent', agents.ban(id)))) throw notFound();
  log.info('Agent banned', { agent_id: id.uri });
}

/**
 * Evicts an agent: node and selectors are forgotten, so that it may attest anew.
 *
 * @throws {SignetError} `ERR_NOT_FOUND`
 */
export async function deleteAgent(
  id: SpiffeId,
  agents: Pick<AgentStore, 'delete'>,
  log: Logger,
): Promise<void> {
  if (!(await prefixingErrors('failed to remove agent', agents.delete(id)))) throw notFound();
  log.info('Agent deleted', { agent_id: id.uri });
}

/** Remembers what an agent says of itself. @throws {SignetError} `ERR_INVALID_ARGUMENT` the version is too long. */
export async function recordAgentStatus(
  id: SpiffeId,
  version: string,
  agents: Pick<AgentStore, 'setAgentVersion'>,
): Promise<void> {
  if (Buffer.byteLength(version) > MAX_VERSION_BYTES) {
    throw new SignetError(
      'ERR_INVALID_ARGUMENT',
      `agent version is too long, max length is ${MAX_VERSION_BYTES} bytes`,
    );
  }
  if (version !== '') await prefixingErrors('failed to update agent', agents.setAgentVersion(id, version));
}

function notFound(): SignetError {
  return new SignetError('ERR_NOT_FOUND', 'agent not found');
}
