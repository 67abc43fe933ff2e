import { type Command, defineCommand, printOutput } from '@signet/daemon';
import { entryFilterFlags, entryFilterOf } from './entry-filter.ts';
import { counted } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';

/** `signet-server entry count` */
export const entryCountCommand: Command = defineCommand({
  path: 'entry count',
  summary: 'Counts registration entries',
  long: 'Counts the entries that match all of the filters; without a filter, all.',
  examples: ['signet-server entry count', 'signet-server entry count -downstream -output json'],
  flags: entryFilterFlags,
  run: async (context) => {
    const filter = entryFilterOf(context.flags);
    const answer = await withServer(context, 'entry', (client) =>
      callUnary(client, 'CountEntries', { filter }),
    );
    printOutput(
      context,
      answer,
      () => `${counted(answer.count, 'registration entry', 'registration entries')}\n`,
    );
  },
});
