import { type WireAgentOutput } from '@signet/api';
import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { agentBlock } from './agent-block.ts';
import { agentFilterFlags, agentFilterOf } from './agent-filter.ts';
import { allAgents } from './agent-pages.ts';
import { counted } from './go-text.ts';
import { withServer } from './server-client.ts';

/** `signet-server agent list` */
export const agentListCommand: Command = defineCommand({
  path: 'agent list',
  summary: 'Lists attested agents and their SPIFFE IDs',
  long: 'Lists the agents that match all of the filters; without a filter, all. An agent is here from its first attestation until it is evicted or purged.',
  examples: [
    'signet-server agent list',
    'signet-server agent list -attestationType join_token -banned false',
    'signet-server agent list -expiresBefore "2027-01-31 00:00:00 +0000 +00" -output json',
  ],
  flags: agentFilterFlags,
  run: async (context) => {
    const filter = agentFilterOf(context.flags);
    const agents = await withServer(context, 'agent', (client) => allAgents(client, filter));
    printOutput(context, { agents, next_page_token: '' }, () => agentListText(agents));
  },
});

/** What a person reads of a list of agents. */
export function agentListText(agents: readonly WireAgentOutput[]): string {
  if (agents.length === 0) return 'No attested agents found\n';
  const found = `Found ${counted(agents.length, 'attested agent', 'attested agents')}:\n\n`;
  return found + agents.map((agent) => `${agentBlock(agent)}\n`).join('');
}
