import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { agentIdArgument, agentIdFlag } from './agent-id-flag.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server agent evict` */
export const agentEvictCommand: Command = defineCommand({
  path: 'agent evict',
  summary: 'Evicts an attested agent given its SPIFFE ID: it must attest anew',
  long: `The server forgets the agent. An agent that can prove its node again (x509pop, for one) attests anew and goes on;
one that used a join token stops, and needs a new token. To keep a node out, ban its agent ("agent ban").
Evicting a banned agent lets it attest again.`,
  examples: ['signet-server agent evict -spiffeID spiffe://example.org/spire/agent/join_token/TOKEN'],
  flags: { ...apiFlags, ...agentIdFlag('evict') },
  run: async (context) => {
    const id = agentIdArgument(context.flags.spiffeID);
    await withServer(context, 'agent', (client) => callUnary(client, 'DeleteAgent', { id }));
    printOutput(context, {}, () => 'Agent evicted successfully\n');
  },
});
