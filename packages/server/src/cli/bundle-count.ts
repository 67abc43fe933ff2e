import { type BundleClient, bundleService } from '@signet/api';
import { type Command, defineCommand, printOutput, serverSocketPath } from '@signet/daemon';
import { counted } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server bundle count` */
export const bundleCountCommand: Command = defineCommand({
  path: 'bundle count',
  summary: 'Counts bundles',
  long: "Counts the bundles that the server holds: those of other trust domains, and its own.",
  examples: ['signet-server bundle count'],
  flags: apiFlags,
  run: async (context) => {
    const answer = await withServer(serverSocketPath(context), bundleService, (client: BundleClient) =>
      callUnary(client, client.CountBundles, {}),
    );
    printOutput(context, answer, () => `${counted(answer.count, 'bundle', 'bundles')}\n`);
  },
});
