import {
  type CallOptions,
  type Client,
  credentials,
  type requestCallback,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import {
  type AgentClient,
  agentService,
  type BundleClient,
  bundleService,
  createClient,
  type EntryClient,
  entryService,
  type HealthClient,
  healthService,
  type LedgerClient,
  ledgerService,
  type OperatorRevocationClient,
  type OperatorTaskClient,
  revocationService,
  type SVIDClient,
  svidService,
  taskService,
} from '@signet/api';
import { answerOf, serverSocketPath, type SocketChoice, withLocalClient } from '@signet/daemon';

/** Longest the server may take to answer a command, milliseconds. */
const CALL_TIMEOUT_MS = 30_000;

/** The services of the local socket that commands use. */
export interface ServerClients {
  readonly agent: AgentClient;
  readonly bundle: BundleClient;
  readonly entry: EntryClient;
  readonly health: HealthClient;
  readonly ledger: LedgerClient;
  readonly revocation: OperatorRevocationClient;
  readonly svid: SVIDClient;
  readonly task: OperatorTaskClient;
}

const SERVICES: Readonly<Record<keyof ServerClients, ServiceDefinition>> = {
  agent: agentService,
  bundle: bundleService,
  entry: entryService,
  health: healthService,
  ledger: ledgerService,
  revocation: revocationService,
  svid: svidService,
  task: taskService,
};

type UnaryMethod<Request, Response> = (
  request: Request,
  options: CallOptions,
  callback: (error: ServiceError | null, response?: Response) => void,
) => unknown;

interface Call<Request, Response> {
  readonly request: Request;
  readonly response: Response;
}

/** What a method of a generated client takes and answers, read from its last overload. */
type CallOf<Method> = Method extends (
  request: infer Request,
  callback: requestCallback<infer Response>,
) => unknown
  ? Call<Request, Response>
  : never;

/**
 * Opens a client of one service of the server, on the local socket that the command line means, for the time that
 * `use` takes.
 */
export function withServer<Name extends keyof ServerClients, T>(
  choice: SocketChoice,
  service: Name,
  use: (client: ServerClients[Name]) => Promise<T>,
): Promise<T> {
  const socketPath = serverSocketPath(choice);
  const open = (target: string): ServerClients[Name] =>
    createClient<ServerClients[Name]>(SERVICES[service], target, credentials.createInsecure());
  return withLocalClient({ socketPath, program: 'server', open }, use);
}

/**
 * Calls a unary method: `callUnary(client, 'GetAgent', request)`.
 *
 * @throws {ServiceError} as the server answered, or UNAVAILABLE when there is none.
 */
export function callUnary<TypedClient extends Client, Method extends keyof TypedClient & string>(
  client: TypedClient,
  method: Method,
  request: CallOf<TypedClient[Method]>['request'],
): Promise<CallOf<TypedClient[Method]>['response']> {
  type Response = CallOf<TypedClient[Method]>['response'];
  const call = client[method] as UnaryMethod<typeof request, Response>;
  const options = { deadline: Date.now() + CALL_TIMEOUT_MS };
  return answerOf((done) => call.call(client, request, options, done));
}
