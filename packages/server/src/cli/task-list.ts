import type { WireTaskOutput, WireTaskStateInput } from '@signet/api';
import { type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { counted } from './go-text.ts';
import { readPages } from './read-pages.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';
import { taskBlock } from './task-block.ts';

const DEFAULT_LIMIT = 1000;
const STATES: ReadonlyMap<string, WireTaskStateInput> = new Map([
  ['', 'TASK_STATE_UNSPECIFIED'],
  ['active', 'TASK_STATE_ACTIVE'],
  ['ended', 'TASK_STATE_ENDED'],
]);

/** `signet-server task list` */
export const taskListCommand: Command = defineCommand({
  path: 'task list',
  summary: 'Lists tasks',
  long: `Newest first: those that are active, and those that ended in the last two days. A task has to match all of the
flags.`,
  examples: [
    'signet-server task list -state active',
    'signet-server task list -spiffeID spiffe://example.org/report -output json',
  ],
  flags: {
    ...apiFlags,
    spiffeID: flag.text('Only tasks of this SPIFFE ID'),
    entryID: flag.text('Only tasks of this entry', '', { placeholder: 'id' }),
    agent: flag.text('Only tasks that this agent serves, by its SPIFFE ID', '', { placeholder: 'id' }),
    parent: flag.text('Only tasks right below this one', '', { placeholder: 'id' }),
    state: flag.text('Only tasks that are active, or only those that have ended', '', {
      choices: ['active', 'ended'],
    }),
    limit: flag.int('How many to list at most; 0 lists all', DEFAULT_LIMIT),
  },
  run: async (context) => {
    const { spiffeID: spiffe_id, entryID: entry_id, agent: agent_id, parent: parent_id } = context.flags;
    const state = STATES.get(context.flags.state);
    if (state === undefined) throw flagError('-state has to be active or ended');
    const { limit } = context.flags;
    if (limit < 0) throw flagError('-limit cannot be negative');
    const filter = { spiffe_id, entry_id, agent_id, parent_id, state };
    const { items: tasks, more } = await withServer(context, 'task', (client) =>
      readPages(limit === 0 ? Infinity : limit, async (page) => {
        const answer = await callUnary(client, 'ListTasks', { filter, ...page });
        return { items: answer.tasks, next: answer.next_page_token };
      }),
    );
    printOutput(context, { tasks, next_page_token: more }, () => taskListText(tasks, more !== ''));
  },
});

/** What a person reads of a list of tasks. @param hasMore - the list was cut. */
export function taskListText(tasks: readonly WireTaskOutput[], hasMore: boolean): string {
  const more = hasMore ? ', and there are more: see -limit' : '';
  const found = `Found ${counted(tasks.length, 'task', 'tasks')}${more}\n\n`;
  return found + tasks.map((task) => `${taskBlock(task)}\n`).join('');
}
