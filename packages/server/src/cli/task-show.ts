import { type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';
import { taskBlock } from './task-block.ts';

/** `signet-server task show` */
export const taskShowCommand: Command = defineCommand({
  path: 'task show',
  summary: 'Displays a task',
  long: 'A task is known for two days after its end. What was issued in it: "svid list -task ID".',
  examples: ['signet-server task show -id TASK'],
  flags: { ...apiFlags, id: flag.text('ID of the task', '', { placeholder: 'id' }) },
  run: async (context) => {
    const { id } = context.flags;
    if (id === '') throw flagError('-id has to be given');
    const task = await withServer(context, 'task', (client) => callUnary(client, 'GetTask', { id }));
    printOutput(context, task, () => taskBlock(task));
  },
});
