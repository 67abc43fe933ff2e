import { type Command, type CommandContext, defineCommand, flag, flagError } from '@signet/daemon';
import { readEntryData } from './entry-data.ts';
import { entryFlags, entryOfFlags, requireEntryIds } from './entry-flags.ts';
import { policyOfFlags, setsPolicy, taskPolicyFlags } from './task-policy-flags.ts';
import { printEntryResults } from './entry-results.ts';
import { callUnary, withServer } from './server-client.ts';

const flags = {
  ...entryFlags,
  node: flag.bool('The entry names nodes: the agents that have its selectors. It needs no -parentID'),
  ...taskPolicyFlags,
};

/** `signet-server entry create` */
export const entryCreateCommand: Command = defineCommand({
  path: 'entry create',
  summary: 'Creates registration entries',
  long: `An entry says: a workload that has all of these selectors, on the node or nodes that the parent ID stands for,
gets this SPIFFE ID. The parent is the SPIFFE ID of an agent (see "agent list"), or of a node entry made
with -node, which stands for every agent that has the entry's selectors.

Many entries at once come from a JSON file (-data): {"entries": [{"parent_id": "spiffe://…",
"spiffe_id": "spiffe://…", "selectors": [{"type": "unix", "value": "uid:1000"}]}]}. The other flags are then
ignored.

With -taskOnly nothing is issued to the workload but in tasks, which end (see "task list").`,
  examples: [
    'signet-server entry create -parentID spiffe://example.org/spire/agent/join_token/TOKEN -spiffeID spiffe://example.org/web -selector unix:uid:1000',
    'signet-server entry create -node -spiffeID spiffe://example.org/eu-nodes -selector x509pop:subject:cn:eu',
    'signet-server entry create -parentID spiffe://example.org/eu-nodes -spiffeID spiffe://example.org/report -selector unix:uid:1000 -taskOnly -taskMaxTTL 10m',
    'signet-server entry create -data entries.json -output json',
  ],
  flags,
  run: async (context) => {
    const { flags } = context;
    if (setsPolicy(context)) {
      await createTaskEntry(context);
      return;
    }
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

async function createTaskEntry(context: CommandContext<typeof flags>): Promise<void> {
  const { flags: given } = context;
  if (given.data !== '' || given.node)
    throw flagError('tasks are of one workload entry: without -data and -node');
  requireEntryIds(given, false, 'a parent ID is required if the node flag is not set');
  const request = { entry: entryOfFlags(given, false), policy: policyOfFlags(given) };
  const entry = await withServer(context, 'task', (client) => callUnary(client, 'CreateTaskEntry', request));
  const results = [{ status: { code: 0, message: 'OK' }, entry }];
  printEntryResults(context, results, [entry], 'create', new Map([[entry.id, request.policy]]));
}
