import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { agentIdArgument, agentIdFlag } from './agent-id-flag.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server agent ban` */
export const agentBanCommand: Command = defineCommand({
  path: 'agent ban',
  summary: 'Bans an attested agent given its SPIFFE ID: it is refused, and cannot attest again',
  long: `The agent removes its SVID and stops when it hears of it. Its entries stay. To let it in again, evict it
("agent evict") and let it attest anew. Its SVID and all
that it fetched for its workloads are revoked.`,
  examples: ['signet-server agent ban -spiffeID spiffe://example.org/spire/agent/join_token/TOKEN'],
  flags: { ...apiFlags, ...agentIdFlag('ban') },
  run: async (context) => {
    const id = agentIdArgument(context.flags.spiffeID);
    await withServer(context, 'agent', (client) => callUnary(client, 'BanAgent', { id }));
    printOutput(context, {}, () => 'Agent banned successfully\n');
  },
});
