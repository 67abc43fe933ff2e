import type {
  LocalBeginTaskRequestInput,
  LocalBeginTaskResponseOutput,
  LocalEndTaskResponseOutput,
  WireTaskOutput,
  LocalWorkloadClient,
} from '@signet/api';
import { taskEndFromWire } from '@signet/api';
import {
  after,
  agentSocketFlags,
  answerOf,
  type Command,
  type CommandContext,
  defineCommand,
  errorText,
  flag,
  type Timer,
} from '@signet/daemon';
import { taskEndText } from '../tasks/task-end.ts';
import { ProcessTree } from './process-tree-command.ts';
import { withTasks } from './task-call.ts';
import { deadlineIn, securityHeader } from './workload-call.ts';

/** As `timeout` of coreutils has it. */
const ENDED_EARLY = 124;
const GOODBYE_SECONDS = 2;

const flags = {
  ...agentSocketFlags,
  purpose: flag.text('What the task is for; operators see it'),
  audience: flag.list(
    'Who JWT-SVIDs of the task may be for; several with commas between them. Without it, anyone',
  ),
  destination: flag.list(
    'SPIFFE ID that the task connects to; several with commas between them. Without it, any',
  ),
  ttl: flag.duration('How long the task may last; without it, as long as the entry allows'),
  budget: flag.int('How many SVIDs may be issued in the task; 0 sets no limit'),
  spiffeID: flag.text('Which identity the task has; needed when this process has several'),
  parent: flag.text('Task that this one is part of; a command of that task may name it', '', {
    placeholder: 'id',
  }),
  killAfter: flag.duration('Time that processes have, once the task has ended, before they are killed', 10),
};

type Context = CommandContext<typeof flags>;

/** `signet-agent task run` */
export const taskRunCommand: Command = defineCommand({
  path: 'task run',
  summary: 'Runs a command as a task: what is issued to it is of no use once it has ended',
  long: `The task is the command with all processes below it. They find a Workload API in SPIFFE_ENDPOINT_SOCKET that serves
this task only, and nobody else; "signet-agent api" asks there by itself. The task ends with the last of its processes, and its processes with the task: at its
deadline, or when somebody ends it, they get SIGTERM, and SIGKILL after -killAfter. Signals are passed on to the command;
once it has ended of one, what it leaves behind is ended, too.

The exit code is the command's, 128 and the number of the signal that ended it, or 124 when the task ended first.`,
  examples: [
    'signet-agent task run -purpose nightly-report -audience spiffe://example.org/reports -ttl 10m -- ./report.sh',
    'signet-agent task run --purpose migrate --budget 3 -- ./migrate --all',
  ],
  args: ['-- COMMAND [ARGUMENT ...]'],
  errorStyle: 'bare',
  flags,
  run: (context) => {
    const [program, ...args] = context.args;
    if (program === undefined) throw new Error('the command to run has to be named, after "--"');
    if (context.flags.purpose === '') throw new Error('purpose must be specified');
    return withTasks(context, (client) => runTask(client, context, { program, args }));
  },
});

async function runTask(
  client: LocalWorkloadClient,
  context: Context,
  command: { readonly program: string; readonly args: readonly string[] },
): Promise<number> {
  const stream = client.BeginTask(requestOf(context), securityHeader());
  const messages = (stream as AsyncIterable<LocalBeginTaskResponseOutput>)[Symbol.asyncIterator]();
  try {
    const { task, endpoint } = await begun(messages);
    const env = { ...context.env, ...socketVariables(endpoint) };
    const killAfterMs = context.flags.killAfter * 1000;
    const tree = new ProcessTree({ ...command, env, killAfterMs });
    let wasEnded = false as boolean;
    const ended = endOf(messages).then((reason) => {
      wasEnded = true;
      return reason;
    });
    const { isOver, timer } = deadlineOf(task);
    const first = await Promise.race([tree.ended, ended, isOver]);
    timer.cancel();
    if (typeof first === 'number') {
      if (!wasEnded) await finish(client, task);
      return first;
    }
    context.err(`The task has ended: ${first}\n`);
    tree.terminate();
    await tree.ended;
    return ENDED_EARLY;
  } finally {
    stream.cancel();
  }
}

interface Deadline {
  /** Resolves with what to say. */
  readonly isOver: Promise<string>;
  readonly timer: Timer;
}

/** The agent may be away or stopped. It counts from a moment before, so that it is the one that says so while it can. */
function deadlineOf({ began_at: beganAt, deadline }: WireTaskOutput): Deadline {
  let over: (text: string) => void = () => undefined;
  const isOver = new Promise<string>((resolve) => (over = resolve));
  const lastsMs = (Number(deadline) - Number(beganAt)) * 1000;
  return { isOver, timer: after(lastsMs, () => over(taskEndText('deadline')), { holdsProcess: true }) };
}

/** What libraries find the task's socket by, and the command lines of agents, which would otherwise ask outside the task. */
function socketVariables(endpoint: string): Readonly<Record<string, string>> {
  return {
    SPIFFE_ENDPOINT_SOCKET: endpoint,
    SPIRE_AGENT_PUBLIC_SOCKET: endpoint.replace(/^unix:(?:\/\/)?/, ''),
  };
}

function requestOf({ flags: given }: Context): LocalBeginTaskRequestInput {
  return {
    purpose: given.purpose,
    spiffe_id: given.spiffeID,
    audiences: listOf(given.audience),
    destinations: listOf(given.destination),
    ttl: Math.ceil(given.ttl),
    budget: given.budget,
    parent_id: given.parent,
    is_process_tree: true,
  };
}

function listOf(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',')).filter((value) => value !== '');
}

type Messages = AsyncIterator<LocalBeginTaskResponseOutput>;

async function begun(
  messages: Messages,
): Promise<{ readonly task: WireTaskOutput; readonly endpoint: string }> {
  const { value } = (await messages.next()) as { readonly value?: LocalBeginTaskResponseOutput };
  const task = value?.task ?? undefined;
  if (task === undefined || value === undefined)
    throw new Error('the agent ended the stream without an answer');
  if (task.state === 'TASK_STATE_ENDED') throw new Error(`the task has ended: ${reasonOf(task)}`);
  if (value.endpoint === '') throw new Error('the agent has no socket for the task');
  return { task, endpoint: value.endpoint };
}

/** Why the task ended; the loss of the agent is an end, too. */
async function endOf(messages: Messages): Promise<string> {
  try {
    for (let next = await messages.next(); next.done !== true; next = await messages.next()) {
      const { task } = next.value;
      if (task?.state === 'TASK_STATE_ENDED') return reasonOf(task);
    }
    return 'the agent let go of it';
  } catch (error) {
    return `the agent was lost: ${errorText(error)}`;
  }
}

function reasonOf({ end, end_detail: detail }: WireTaskOutput): string {
  const cause = taskEndFromWire(end);
  const text = cause === undefined ? 'the server ended it' : taskEndText(cause);
  return detail === '' ? text : `${text} (${detail})`;
}

/** An agent that cannot be told ends it when the stream closes. */
async function finish(client: LocalWorkloadClient, { id }: WireTaskOutput): Promise<void> {
  const options = { deadline: deadlineIn(GOODBYE_SECONDS) };
  await answerOf<LocalEndTaskResponseOutput>((done) =>
    client.EndTask({ task_id: id }, securityHeader(), options, done),
  ).catch(() => undefined);
}
