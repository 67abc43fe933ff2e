import { type AgentClient, agentService, type BanAgentRequestInput } from '@signet/api';
import { type Command, defineCommand, flagError, printOutput, serverSocketPath } from '@signet/daemon';
import { spiffeIdArgument } from './arguments.ts';
import { callUnary, withServer } from './server-client.ts';
import { agentIdFlag, apiFlags } from './server-flags.ts';

/** `signet-server agent ban` */
export const agentBanCommand: Command = defineCommand({
  path: 'agent ban',
  summary: 'Bans an agent: it is refused from its next call on, and cannot attest again',
  long: `The agent removes its SVID and stops when it hears of it. Its entries stay. To let it in again, evict it
("agent evict") and attest it anew. SVIDs that its workloads already hold stay valid until they expire.`,
  examples: ['signet-server agent ban -spiffeID spiffe://example.org/spire/agent/join_token/TOKEN'],
  flags: { ...apiFlags, ...agentIdFlag('ban') },
  run: async (context) => {
    if (context.flags.spiffeID === '') throw flagError('a SPIFFE ID is required');
    const id = spiffeIdArgument(context.flags.spiffeID);
    await withServer(serverSocketPath(context), agentService, (client: AgentClient) =>
      callUnary<BanAgentRequestInput, unknown>(client, client.BanAgent, { id }),
    );
    printOutput(context, {}, () => 'Agent banned successfully\n');
  },
});
