import type { LocalListTasksResponseOutput, WireTaskOutput } from '@signet/api';
import { answerOf, type Command, defineCommand, goTime, printOutput } from '@signet/daemon';
import { withTasks } from './task-call.ts';
import { deadlineIn, fetchFlags, securityHeader } from './workload-call.ts';

/** `signet-agent task list` */
export const taskListCommand: Command = defineCommand({
  path: 'task list',
  summary: 'Lists active tasks',
  long: `The tasks on this node of the identities that this process has. Another process of the same identity may have begun
them; only that one can use or end them.`,
  examples: ['signet-agent task list', 'signet-agent task list -output json'],
  errorStyle: 'bare',
  flags: fetchFlags,
  run: async (context) => {
    const options = { deadline: deadlineIn(context.flags.timeout) };
    const answer = await withTasks(context, (client) =>
      answerOf<LocalListTasksResponseOutput>((done) => client.ListTasks({}, securityHeader(), options, done)),
    );
    printOutput(context, answer, () => taskListText(answer.tasks));
  },
});

/** What a person reads of a list of tasks. */
export function taskListText(tasks: readonly WireTaskOutput[]): string {
  const found = `Found ${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}\n\n`;
  return found + tasks.map((task) => `${taskBlock(task)}\n`).join('');
}

function taskBlock(task: WireTaskOutput): string {
  const { parent_id: parent, audiences, destinations, budget, issued } = task;
  const lines: (readonly [string, string])[] = [
    ['Task ID', task.id],
    ...(parent === '' ? [] : [['Parent', parent] as const]),
    ['Purpose', task.purpose],
    ['SPIFFE ID', task.spiffe_id],
    ['Audiences', audiences.length === 0 ? 'any' : audiences.join(', ')],
    ['Destinations', destinations.length === 0 ? 'any' : destinations.join(', ')],
    ['Began at', goTime(task.began_at)],
    ['Ends by', goTime(task.deadline)],
    ['SVIDs issued', budget === 0 ? `${issued}` : `${issued} of ${budget}`],
  ];
  return lines.map(([name, value]) => `${name.padEnd(13)}: ${value}\n`).join('');
}
