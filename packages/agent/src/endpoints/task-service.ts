import type { ServerUnaryCall, ServerWritableStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import {
  type LocalBeginTaskRequestOutput,
  type LocalBeginTaskResponseInput,
  type LocalEndTaskRequestOutput,
  type LocalListTasksResponseInput,
  taskToWire,
} from '@signet/api';
import { AttestationError, isTaskId, SignetError, type TaskEndCause } from '@signet/core';
import { after, type Logger, type Metrics, type PeerRegistry } from '@signet/daemon';
import type { AgentTasks } from '../tasks/agent-tasks.ts';
import { type BeginRequest, readBeginRequest } from '../tasks/begin-request.ts';
import type { HeldTask } from '../tasks/held-task.ts';
import { noSuchTask } from '../tasks/task-end.ts';
import { holdOwner, type TaskOwner } from '../tasks/task-owner.ts';
import { workloadCallRecorder } from './call-log.ts';
import { createEnding } from './ending.ts';
import type { OpenStreams } from './open-streams.ts';
import type { Beginner, TaskDesk } from './task-desk.ts';
import { requireSecurityHeader } from './workload-request.ts';

/** What serving BeginTask, EndTask and ListTasks needs. */
export interface TaskServiceDeps {
  readonly desk: Pick<TaskDesk, 'beginner' | 'find' | 'list'>;
  readonly tasks: AgentTasks;
  readonly streams: OpenStreams;
  readonly peers: () => PeerRegistry;
  /** Opens a task's own socket, which closes with the task. @returns its address. */
  readonly openEndpoint: (task: HeldTask) => Promise<string>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

type BeginCall = ServerWritableStream<LocalBeginTaskRequestOutput, LocalBeginTaskResponseInput>;

/** A process that ends closes its connections a moment before it counts as ended: it is not taken for one that hung up. */
const EXIT_MS = 25;

/** BeginTask, EndTask and ListTasks of `signet.workload.v1.Workload`. */
export function taskHandlers(deps: TaskServiceDeps): UntypedServiceImplementation {
  const begun = workloadCallRecorder('BeginTask', deps);
  return {
    BeginTask: (call: BeginCall) => {
      const record = begun(call);
      serveTask(call, deps).then(
        () => {
          record.succeeded();
          call.end();
        },
        (error: unknown) => void call.emit('error', record.failed(error)),
      );
    },
    EndTask: unary<LocalEndTaskRequestOutput, object>('EndTask', deps, async (call) => {
      const id = call.request.task_id;
      if (!isTaskId(id)) throw noSuchTask();
      await deps.tasks.finish(await deps.desk.find(call, id));
      return {};
    }),
    ListTasks: unary<object, LocalListTasksResponseInput>('ListTasks', deps, async (call) => ({
      tasks: (await deps.desk.list(call)).map(taskToWire),
    })),
  };
}

function unary<Request, Response>(
  method: string,
  deps: TaskServiceDeps,
  work: (call: ServerUnaryCall<Request, Response>) => Promise<Response>,
) {
  const recorder = workloadCallRecorder(method, deps);
  return (
    call: ServerUnaryCall<Request, Response>,
    reply: (error: object | null, response?: Response) => void,
  ): void => {
    const record = recorder(call);
    const run = async (): Promise<Response> => {
      requireSecurityHeader(call.metadata);
      return work(call);
    };
    run().then(
      (response) => {
        record.succeeded();
        reply(null, response);
      },
      (error: unknown) => reply(record.failed(error)),
    );
  };
}

/** Begins a task, and holds it until it ends or its stream does. The last message says how it ended. */
async function serveTask(call: BeginCall, deps: TaskServiceDeps): Promise<void> {
  requireSecurityHeader(call.metadata);
  const request = readBeginRequest(call.request);
  const beginner = await deps.desk.beginner(call, request);
  const ending = createEnding();
  const release = deps.streams.open(beginner.peer, ending.fail);
  try {
    const task = await begin(request, beginner, deps);
    await hold(task, call, beginner, { ...deps, ending });
  } finally {
    release();
  }
}

function begin(
  { request, isTree }: BeginRequest,
  { peer, entry, parent, requireSame }: Beginner,
  { tasks }: TaskServiceDeps,
): Promise<HeldTask> {
  const owner = (): TaskOwner => {
    requireSame();
    return holdOwner(peer);
  };
  return tasks.begin({ request, entry, parent, isTree, user: peer.share, hold: owner });
}

/** Whether the agent or the process is to blame. */
function endOf(error: unknown): [TaskEndCause, string] {
  if (error instanceof AttestationError) return ['processExited', error.message];
  const isStop = error instanceof SignetError && error.code === 'ERR_AGENT_SHUTDOWN';
  return ['agentLost', isStop ? 'the agent was stopped' : 'the agent could not go on with it'];
}

async function hold(
  task: HeldTask,
  call: BeginCall,
  beginner: Beginner,
  { tasks, ending, openEndpoint }: TaskServiceDeps & { readonly ending: ReturnType<typeof createEnding> },
): Promise<void> {
  const stop = task.onEnd(ending.succeed);
  const streamClosed = (): void => {
    after(EXIT_MS, () => tasks.end(task, 'streamClosed'), { holdsProcess: true });
  };
  call.once('cancelled', streamClosed);
  if (call.cancelled) streamClosed();
  try {
    const endpoint = task.isTree ? await openEndpoint(task) : '';
    beginner.requireSame();
    if (task.ending === undefined) call.write({ task: taskToWire(task.task), endpoint });
    else ending.succeed();
    await ending.reached;
    if (!call.cancelled) call.write({ task: taskToWire(task.task) });
  } catch (error) {
    // Without its stream it is nobody's.
    tasks.end(task, ...endOf(error));
    throw error;
  } finally {
    stop();
  }
}
