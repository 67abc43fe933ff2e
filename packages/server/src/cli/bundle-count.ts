import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { counted } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server bundle count` */
export const bundleCountCommand: Command = defineCommand({
  path: 'bundle count',
  summary: 'Counts bundles',
  long: 'Counts the bundles that the server holds: those of other trust domains, and its own.',
  examples: ['signet-server bundle count'],
  flags: apiFlags,
  run: async (context) => {
    const answer = await withServer(context, 'bundle', (client) => callUnary(client, 'CountBundles', {}));
    printOutput(context, answer, () => `${counted(answer.count, 'bundle', 'bundles')}\n`);
  },
});
