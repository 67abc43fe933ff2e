import { type AgentClient, type WireAgentOutput } from '@signet/api';
import { nowSeconds, type Seconds, type UnixSeconds } from '@signet/core';
import {
  CallFailure,
  type Command,
  defineCommand,
  errorText,
  flag,
  printOutput,
  systemClock,
} from '@signet/daemon';
import { allAgents } from './agent-pages.ts';
import { counted, spiffeIdText } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

const THIRTY_DAYS: Seconds = 30 * 24 * 3600;

/** What became of one agent; the fields are SPIRE's. */
export interface PurgedAgent {
  readonly agent_id: string;
  readonly deleted: boolean;
  readonly error?: string;
}

/** `signet-server agent purge` */
export const agentPurgeCommand: Command = defineCommand({
  path: 'agent purge',
  summary: 'Purges agents that expired some time ago and could attest again',
  long: `Evicts the agents whose SVIDs expired more than -expiredFor ago. Only agents that can attest again are purged:
those that attest once, as with a join token, could not come back. Banned agents stay banned.`,
  examples: ['signet-server agent purge -dryRun', 'signet-server agent purge -expiredFor 168h'],
  flags: {
    ...apiFlags,
    expiredFor: flag.duration("How long ago an agent's SVID must have expired", THIRTY_DAYS),
    dryRun: flag.bool('Purge nothing; print the agents that would be'),
  },
  run: async (context) => {
    const { expiredFor, dryRun } = context.flags;
    const purged = await withServer(context, 'agent', async (client) => {
      const agents = await expiredAgents(client, nowSeconds(systemClock) - expiredFor);
      return dryRun
        ? agents.map(({ id }) => ({ agent_id: spiffeIdText(id), deleted: false }))
        : purge(client, agents);
    });
    printOutput(context, { expired_agents: purged }, () => purgeText(purged, dryRun));
  },
});

async function expiredAgents(client: AgentClient, before: UnixSeconds): Promise<WireAgentOutput[]> {
  try {
    const filter = { by_can_reattest: { value: true }, by_banned: { value: false } };
    const agents = await allAgents(client, filter, { x509svid_expires_at: true });
    return agents.filter(({ x509svid_expires_at: expiresAt }) => Number(expiresAt) < before);
  } catch (error) {
    throw new CallFailure('failed to list agents', error);
  }
}

async function purge(client: AgentClient, agents: readonly WireAgentOutput[]): Promise<PurgedAgent[]> {
  const purged: PurgedAgent[] = [];
  for (const { id } of agents) {
    const error = await callUnary(client, 'DeleteAgent', { id }).then(() => undefined, errorText);
    purged.push({
      agent_id: spiffeIdText(id),
      deleted: error === undefined,
      ...(error !== undefined && { error }),
    });
  }
  return purged;
}

/** What a person reads of a purge. */
export function purgeText(agents: readonly PurgedAgent[], isDryRun: boolean): string {
  if (agents.length === 0) return 'No agents to purge.\n';
  const found = `Found ${counted(agents.length, 'expired agent', 'expired agents')}\n\n`;
  if (isDryRun) return `${found}\n${section('Agents that can be purged:', agents)}`;
  const deleted = agents.filter((agent) => agent.deleted);
  const failed = agents.filter((agent) => !agent.deleted);
  return found + section('Agents purged:', deleted) + section('Agents not purged:', failed);
}

function section(heading: string, agents: readonly PurgedAgent[]): string {
  if (agents.length === 0) return '';
  const lines = agents.flatMap(({ agent_id: id, error }) => [
    `SPIFFE ID         : ${id}\n`,
    ...(error === undefined ? [] : [`Error             : ${error}\n`]),
  ]);
  return `${heading}\n${lines.join('')}`;
}
