import { type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { int32Argument } from './arguments.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';
import { taskBlock } from './task-block.ts';

/** `signet-server task begin` */
export const taskBeginCommand: Command = defineCommand({
  path: 'task begin',
  summary: 'Begins a task for an entry of an agent, for work that is started by other means',
  long: `Workloads begin tasks themselves, by the Workload API socket or with "signet-agent task run"; this is for
orchestrators. The task ends at its deadline, with "task end", and with its entry or agent.`,
  examples: [
    'signet-server task begin -entryID ID -agent spiffe://example.org/spire/agent/join_token/TOKEN -purpose "nightly report" -audience spiffe://example.org/db -ttl 10m',
  ],
  flags: {
    ...apiFlags,
    entryID: flag.text('Entry whose workload the task is of', '', { placeholder: 'id' }),
    agent: flag.text('SPIFFE ID of the agent that serves it', '', { placeholder: 'id' }),
    purpose: flag.text('What it is for, up to 256 characters'),
    parent: flag.text('Task that it is part of', '', { placeholder: 'id' }),
    audience: flag.list('Audience that its JWT-SVIDs may name; can be used more than once; without it any', {
      placeholder: 'audience',
    }),
    destination: flag.list('SPIFFE ID that it may connect to; can be used more than once; without it any', {
      placeholder: 'id',
    }),
    ttl: flag.duration('How long it may last; 0 is as long as the entry allows', 0),
    budget: flag.int('How many SVIDs may be issued in it and below it; 0 is no limit', 0),
  },
  run: async (context) => {
    const { entryID, agent, purpose, parent, audience, destination, ttl, budget } = context.flags;
    if (entryID === '' || agent === '' || purpose === '') {
      throw flagError('-entryID, -agent and -purpose have to be given');
    }
    if (budget < 0) throw flagError('-budget cannot be negative');
    const request = {
      entry_id: entryID,
      agent_id: agent,
      parent_id: parent,
      purpose,
      audiences: [...audience],
      destinations: [...destination],
      ttl: int32Argument('ttl', ttl),
      budget: int32Argument('budget', budget),
    };
    const task = await withServer(context, 'task', (client) => callUnary(client, 'BeginTask', request));
    printOutput(context, task, () => taskBlock(task));
  },
});
