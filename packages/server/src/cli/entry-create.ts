import { type Command, defineCommand, flag } from '@signet/daemon';
import { readEntryData } from './entry-data.ts';
import { entryFlags, entryOfFlags, requireEntryIds } from './entry-flags.ts';
import { printEntryResults } from './entry-results.ts';
import { callUnary, withServer } from './server-client.ts';

/** `signet-server entry create` */
export const entryCreateCommand: Command = defineCommand({
  path: 'entry create',
  summary: 'Creates registration entries',
  long: `An entry says: a workload that has all of these selectors, on the node or nodes that the parent ID stands for,
gets this SPIFFE ID. The parent is the SPIFFE ID of an agent (see "agent list"), or of a node entry made
with -node, which stands for every agent that has the entry's selectors.

Many entries at once come from a JSON file (-data): {"entries": [{"parent_id": "spiffe://…",
"spiffe_id": "spiffe://…", "selectors": [{"type": "unix", "value": "uid:1000"}]}]}. The other flags are then
ignored.`,
  examples: [
    'signet-server entry create -parentID spiffe://example.org/spire/agent/join_token/TOKEN -spiffeID spiffe://example.org/web -selector unix:uid:1000',
    'signet-server entry create -node -spiffeID spiffe://example.org/eu-nodes -selector x509pop:subject:cn:eu',
    'signet-server entry create -data entries.json -output json',
  ],
  flags: {
    ...entryFlags,
    node: flag.bool('The entry names nodes: the agents that have its selectors. It needs no -parentID'),
  },
  run: async (context) => {
    const { flags } = context;
    if (flags.data === '')
      requireEntryIds(flags, flags.node, 'a parent ID is required if the node flag is not set');
    const entries =
      flags.data === '' ? [entryOfFlags(flags, flags.node)] : await readEntryData(flags.data, context);
    const answer = await withServer(context, 'entry', (client) =>
      callUnary(client, 'BatchCreateEntry', { entries }),
    );
    printEntryResults(context, answer.results, entries, 'create');
  },
});
