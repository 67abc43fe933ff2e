import type { Client, ServiceError } from '@grpc/grpc-js';
import { namedConnectionFailure } from './connection-failure.ts';

/** What a command talks to. */
export interface LocalService<TypedClient extends Client> {
  readonly socketPath: string;
  readonly program: 'server' | 'agent';
  /** Makes the client. @param target - the socket, as grpc-js names it. */
  readonly open: (target: string) => TypedClient;
}

/**
 * Opens a client on a Unix socket for the time that `use` takes.
 *
 * @throws {ServiceError} as the program answered; UNAVAILABLE with a text for people when none answers.
 */
export async function withLocalClient<TypedClient extends Client, T>(
  { socketPath, program, open }: LocalService<TypedClient>,
  use: (client: TypedClient) => Promise<T>,
): Promise<T> {
  const client = open(`unix:${socketPath}`);
  try {
    return await use(client);
  } catch (error) {
    throw namedConnectionFailure(error, socketPath, program);
  } finally {
    client.close();
  }
}

/** Makes a call with a callback a promise. @throws {ServiceError} as the program answered. */
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
