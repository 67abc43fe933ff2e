import { type WireAgentOutput } from '@signet/api';
import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { agentBlock } from './agent-block.ts';
import { agentIdArgument, agentIdFlag } from './agent-id-flag.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server agent show` */
export const agentShowCommand: Command = defineCommand({
  path: 'agent show',
  summary: 'Shows the details of an attested agent given its SPIFFE ID',
  long: 'Its selectors are what node attestation found out about the node; entries made with -node are matched by them.',
  examples: ['signet-server agent show -spiffeID spiffe://example.org/spire/agent/join_token/TOKEN'],
  flags: { ...apiFlags, ...agentIdFlag('show') },
  run: async (context) => {
    const id = agentIdArgument(context.flags.spiffeID);
    const agent = await withServer(context, 'agent', (client) => callUnary(client, 'GetAgent', { id }));
    printOutput(context, agent, () => agentText(agent));
  },
});

function agentText(agent: WireAgentOutput): string {
  const selectors = agent.selectors.map(({ type, value }) => `Selectors         : ${type}:${value}\n`);
  return `Found an attested agent given its SPIFFE ID\n\n${agentBlock(agent)}\n${selectors.join('')}`;
}
