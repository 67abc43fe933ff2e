import { createClient, type SpiffeWorkloadAPIClient, workloadApiService } from '@signet/api';
import { agentSocketFlags, agentSocketPath, type CommandContext, flag, type FlagTable } from '@signet/daemon';
import type { Seconds } from '@signet/core';
import { type ClientReadableStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';

const DEFAULT_TIMEOUT: Seconds = 5;

/** The flag `-timeout` of the commands that wait for one answer. */
export const timeoutFlag = { timeout: flag.duration('Time to wait for a response.', DEFAULT_TIMEOUT) };

/** The flags of every command that calls the Workload API. */
export const workloadFlags: typeof agentSocketFlags = agentSocketFlags;

type SocketContext = CommandContext<typeof workloadFlags & FlagTable>;

/** Opens the Workload API for the time that `use` takes. */
export async function withWorkloadApi<T>(
  context: Pick<SocketContext, 'flags' | 'env'>,
  use: (client: SpiffeWorkloadAPIClient) => Promise<T>,
): Promise<T> {
  const target = `unix:${agentSocketPath(context)}`;
  const client = createClient<SpiffeWorkloadAPIClient>(
    workloadApiService,
    target,
    credentials.createInsecure(),
  );
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

/** The metadata that every call of the Workload API carries. @spec WE-5 */
export function securityHeader(): Metadata {
  const metadata = new Metadata();
  metadata.set('workload.spiffe.io', 'true');
  return metadata;
}

/** Makes a callback call a promise. @throws {ServiceError} as the agent answered. */
export function answerOf<Response>(
  call: (done: (error: ServiceError | null, response?: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error !== null) reject(error);
      else resolve(response as Response);
    });
  });
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
