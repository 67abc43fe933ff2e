import { type ClientReadableStream, credentials, Metadata } from '@grpc/grpc-js';
import { createClient, type SpiffeWorkloadAPIClient, workloadApiService } from '@signet/api';
import type { Seconds } from '@signet/core';
import {
  agentSocketFlags,
  agentSocketPath,
  type CommandContext,
  flag,
  type FlagTable,
  outputFlag,
  withLocalClient,
} from '@signet/daemon';

const DEFAULT_TIMEOUT: Seconds = 5;

/** The flags of the commands that wait for one answer of the Workload API. */
export const fetchFlags = {
  ...agentSocketFlags,
  ...outputFlag,
  timeout: flag.duration('Time to wait for a response', DEFAULT_TIMEOUT),
};

type SocketContext = CommandContext<typeof agentSocketFlags & FlagTable>;

/** Opens the Workload API for the time that `use` takes. */
export function withWorkloadApi<T>(
  context: Pick<SocketContext, 'flags' | 'env'>,
  use: (client: SpiffeWorkloadAPIClient) => Promise<T>,
): Promise<T> {
  const socketPath = agentSocketPath(context);
  const open = (target: string): SpiffeWorkloadAPIClient =>
    createClient<SpiffeWorkloadAPIClient>(workloadApiService, target, credentials.createInsecure());
  return withLocalClient({ socketPath, program: 'agent', open }, use);
}

/** The flag of the commands that can be about a task. */
export const taskFlag = {
  task: flag.text('Task that somebody else began for this process: its SVIDs instead of the usual ones', '', {
    placeholder: 'id',
  }),
};

/** The metadata that every call of the Workload API carries. @param taskId - what it is about; '' or absent: the caller. @spec WE-5 */
export function securityHeader(taskId = ''): Metadata {
  const metadata = new Metadata();
  metadata.set('workload.spiffe.io', 'true');
  if (taskId !== '') metadata.set('signet-task-id', taskId);
  return metadata;
}

/** The first message of a stream, which is then cancelled. */
export async function firstMessage<Response>(stream: ClientReadableStream<Response>): Promise<Response> {
  try {
    return await new Promise((resolve, reject) => {
      stream.once('data', resolve);
      stream.once('error', reject);
      stream.once('end', () => reject(new Error('the agent ended the stream without an answer')));
    });
  } finally {
    stream.on('error', () => undefined);
    stream.cancel();
  }
}

/** Unix milliseconds at which a call gives up. */
export function deadlineIn(seconds: Seconds): number {
  return Date.now() + seconds * 1000;
}
