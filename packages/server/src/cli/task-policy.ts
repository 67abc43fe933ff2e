import {
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  flagError,
  printOutput,
} from '@signet/daemon';
import type { OperatorTaskClient, WireTaskPolicyOutput } from '@signet/api';
import { taskPolicyLines } from './entry-block.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';
import { policyOfFlags, setsPolicy, taskPolicyFlags } from './task-policy-flags.ts';

const flags = {
  ...apiFlags,
  entryID: flag.text('ID of the entry', '', { placeholder: 'id' }),
  ...taskPolicyFlags,
};

/** `signet-server task policy` */
export const taskPolicyCommand: Command = defineCommand({
  path: 'task policy',
  summary: 'Displays or changes what an entry says of tasks',
  long: `Without -taskOnly, -taskMaxTTL and -taskOfflineLease it is shown; with one of them these are changed, and the
others stay. An entry that becomes task-only has revoked what was issued for it outside of tasks.`,
  examples: [
    'signet-server task policy -entryID ID',
    'signet-server task policy -entryID ID -taskOnly -taskMaxTTL 10m',
  ],
  flags,
  run: async (context) => {
    if (context.flags.entryID === '') throw flagError('-entryID has to be given');
    const policy = await withServer(context, 'task', (client) => policyAfter(client, context));
    printOutput(context, policy, () => taskPolicyLines(policy));
  },
});

async function policyAfter(
  client: OperatorTaskClient,
  context: CommandContext<typeof flags>,
): Promise<WireTaskPolicyOutput> {
  const { entryID: entry_id } = context.flags;
  const now = await callUnary(client, 'GetTaskPolicy', { entry_id });
  if (!setsPolicy(context)) return now;
  const given = policyOfFlags(context.flags);
  const policy = {
    is_task_only: context.isSet('taskOnly') ? given.is_task_only : now.is_task_only,
    max_ttl: context.isSet('taskMaxTTL') ? given.max_ttl : now.max_ttl,
    offline_lease: context.isSet('taskOfflineLease') ? given.offline_lease : now.offline_lease,
  };
  return callUnary(client, 'SetTaskPolicy', { entry_id, policy });
}
