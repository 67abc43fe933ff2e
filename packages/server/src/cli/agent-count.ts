import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { agentFilterFlags, agentFilterOf } from './agent-filter.ts';
import { counted } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';

/** `signet-server agent count` */
export const agentCountCommand: Command = defineCommand({
  path: 'agent count',
  summary: 'Counts attested agents',
  long: 'Counts the agents that match all of the filters; without a filter, all.',
  examples: ['signet-server agent count', 'signet-server agent count -banned true -output json'],
  flags: agentFilterFlags,
  run: async (context) => {
    const filter = agentFilterOf(context.flags);
    const answer = await withServer(context, 'agent', (client) =>
      callUnary(client, 'CountAgents', { filter }),
    );
    printOutput(context, answer, () => `${counted(answer.count, 'attested agent', 'attested agents')}\n`);
  },
});
