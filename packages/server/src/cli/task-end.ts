import { type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { counted } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server task end` */
export const taskEndCommand: Command = defineCommand({
  path: 'task end',
  summary: 'Ends a task with all tasks below it, and revokes what was issued in them',
  long: `Connections made with their SVIDs are cut by workloads of connected agents within a second, and new ones are
refused. Processes are not ended: that is up to who runs them.`,
  examples: ['signet-server task end -id TASK -detail "went wrong"'],
  flags: {
    ...apiFlags,
    id: flag.text('ID of the task to end', '', { placeholder: 'id' }),
    detail: flag.text('Says why in the record, up to 256 characters'),
  },
  run: async (context) => {
    const { id, detail } = context.flags;
    if (id === '') throw flagError('-id has to be given');
    const request = { id, detail };
    const answer = await withServer(context, 'task', (client) => callUnary(client, 'EndTask', request));
    printOutput(context, answer, () => endedText(answer.ended.length));
  },
});

/** What a person reads of tasks that ended. @param count - with those below it. */
export function endedText(count: number): string {
  return count === 0 ? 'The task had ended before\n' : `Ended ${counted(count, 'task', 'tasks')}\n`;
}
