import { type CallOptions, type Client, credentials, type ServiceDefinition, type ServiceError } from '@grpc/grpc-js';
import { createClient } from '@signet/api';

/** Longest the server may take to answer a command, milliseconds. */
const CALL_TIMEOUT_MS = 30_000;

type Callback<Response> = (error: ServiceError | null, response?: Response) => void;
/** A unary method as generated clients have it; types are inferred from its last overload. */
type UnaryMethod<Request, Response> = (request: Request, callback: Callback<Response>) => unknown;
/** The overload that is called. */
type WithOptions<Request, Response> = (request: Request, options: CallOptions, callback: Callback<Response>) => unknown;

/**
 * Opens a client of one service on the server's local socket for the time that `use` takes.
 *
 * @param service - one of the service constants of the api package.
 */
export async function withServer<TypedClient extends Client, T>(
  socketPath: string,
  service: ServiceDefinition,
  use: (client: TypedClient) => Promise<T>,
): Promise<T> {
  const client: TypedClient = createClient(service, `unix:${socketPath}`, credentials.createInsecure());
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

/**
 * Calls a unary method: `callUnary(client, client.GetAgent, request)`.
 *
 * @throws {ServiceError} as the server answered, or UNAVAILABLE when there is none.
 */
export function callUnary<Request, Response>(
  client: Client,
  method: UnaryMethod<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const options = { deadline: Date.now() + CALL_TIMEOUT_MS };
    (method as unknown as WithOptions<Request, Response>).call(client, request, options, (error, response) => {
      if (error !== null) reject(error);
      else resolve(response as Response);
    });
  });
}
