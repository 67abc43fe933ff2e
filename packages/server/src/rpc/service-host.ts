import {
  type handleBidiStreamingCall,
  type handleUnaryCall,
  Metadata,
  type Server,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceDefinition,
  type StatusObject,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { type AgentDenial, permissionDeniedMetadata, type ServerRpc } from '@signet/api';
import { type ErrorCode, SignetError } from '@signet/core';
import { type Logger, monotonicMs } from '@signet/daemon';
import { AuditTrail } from '../audit/audit-trail.ts';
import { ruleFor } from '../authz/rpc-policy.ts';
import {
  type AuthorizedCall,
  type CallStep,
  type NextStep,
  requireAuthorized,
  type RpcCall,
  throughSteps,
} from './call.ts';
import { CallLife } from './call-life.ts';
import { outcomeOf } from './interceptors.ts';
import { requireRequestSize } from './limits.ts';
import { type MessageStream, messageStream } from './message-stream.ts';

/** One RPC of a service as grpc-js and the generated types describe it. */
interface Method<Request, Response> {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  requestDeserialize(bytes: Buffer): Request;
  responseSerialize(message: Response): Buffer;
}

/** Answers a unary call, or throws. */
export type UnaryHandler<Request, Response> = (request: Request, call: AuthorizedCall) => Promise<Response>;

/** Serves a bidirectional stream; the stream ends well when it resolves. */
export type StreamHandler<Request, Response> = (
  stream: MessageStream<Request, Response>,
  call: AuthorizedCall,
) => Promise<void>;

/** A response that is sent as it is. */
type EncodedResponse = Buffer;

type HandlerOf<M, Streaming extends boolean> =
  M extends Method<infer Request, infer Response>
    ? Streaming extends true
      ? StreamHandler<Request, Response>
      : UnaryHandler<Request, Response | EncodedResponse>
    : never;

type Named<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] } &
  string;

/** The handlers of a service by method name. A method without a handler answers UNIMPLEMENTED. */
export type Handlers<Definition, Streaming extends Named<Definition> = never> = {
  readonly [Name in Named<Definition>]?: HandlerOf<Definition[Name], Name extends Streaming ? true : false>;
};

/** What serving calls needs beside the steps. */
export interface ServiceHostOptions {
  readonly steps: readonly CallStep[];
  readonly log: Logger;
}

type AnyHandler = (input: unknown, call: AuthorizedCall) => Promise<unknown>;

/**
 * Puts a service on a gRPC server, each of its methods behind the steps.
 *
 * Requests are decoded only after the steps have let the call in.
 *
 * @param handlers - `absent` for a service whose calls the steps refuse anyhow.
 * @throws {TypeError} a method that the policy says is built has no handler.
 */
export function hostService(
  server: Server,
  definition: ServiceDefinition,
  handlers: Readonly<Record<string, unknown>> | 'absent',
  options: ServiceHostOptions,
): void {
  const hosted: Record<string, ServiceDefinition[string]> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const [name, method] of Object.entries(definition)) {
    const handler = handlers === 'absent' ? unreachable : handlerFor(method.path, handlers[name]);
    hosted[name] = {
      ...method,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: (response: object) =>
        Buffer.isBuffer(response) ? response : method.responseSerialize(response),
    };
    const decode = (bytes: Buffer): unknown =>
      decoded(bytes, (of) => method.requestDeserialize(of) as unknown);
    implementation[name] = method.responseStream
      ? streamEntry(method.path, handler, options, (bytes) => {
          requireRequestSize(method.path, bytes.length);
          return decode(bytes);
        })
      : unaryEntry(method.path, handler, options, decode);
  }
  server.addService(hosted, implementation);
}

function handlerFor(path: string, handler: unknown): AnyHandler {
  if (handler !== undefined) return handler as AnyHandler;
  if (ruleFor(path)?.built !== false) throw new TypeError(`no handler for ${path}`);
  return unreachable;
}

function unreachable(_input: unknown, call: AuthorizedCall): Promise<never> {
  return Promise.reject(new TypeError(`${call.method} has no handler`));
}

function unaryEntry(
  path: string,
  handler: AnyHandler,
  { steps, log }: ServiceHostOptions,
  decode: (bytes: Buffer) => unknown,
): handleUnaryCall<Buffer, unknown> {
  return (grpcCall, callback) => {
    const call = newCall(path, grpcCall, log, grpcCall.request.length);
    grpcCall.once('cancelled', () => call.life.gone());
    const answered = endWithClient(grpcCall, call);
    let response: unknown;
    const answer: NextStep = async (ready) => {
      response = await handler(decode(grpcCall.request), requireAuthorized(ready));
    };
    throughSteps(
      steps,
      answer,
    )(call).then(
      () => {
        answered();
        callback(null, response);
      },
      (error: unknown) => {
        answered();
        callback(failure(error, call));
      },
    );
  };
}

// As gRPC has it: a request that does not decode is INTERNAL. What the decoder says of it stays here.
function decoded(bytes: Buffer, decode: (bytes: Buffer) => unknown): unknown {
  try {
    return decode(bytes);
  } catch (cause) {
    throw new SignetError('ERR_INTERNAL', 'the request could not be decoded', { cause });
  }
}

function streamEntry(
  path: string,
  handler: AnyHandler,
  { steps, log }: ServiceHostOptions,
  decode: (bytes: Buffer) => unknown,
): handleBidiStreamingCall<Buffer, unknown> {
  return (stream) => {
    const call = newCall(path, stream, log, 0);
    const answered = endWithClient(stream, call);
    const answer: NextStep = async (ready) => {
      await handler(messageStream(stream, call.life.signal, decode), requireAuthorized(ready));
    };
    throughSteps(
      steps,
      answer,
    )(call).then(
      () => {
        answered();
        stream.end();
      },
      (error: unknown) => {
        answered();
        stream.emit('error', failure(error, call));
      },
    );
  };
}

type GrpcCall = ServerUnaryCall<Buffer, unknown> | ServerDuplexStream<Buffer, unknown>;

function newCall(path: string, grpcCall: GrpcCall, log: Logger, requestBytes: number): RpcCall {
  const deadlineMs = monotonicMs() + patienceMs(grpcCall);
  const life = new CallLife(log);
  const method = path as ServerRpc;
  return { method, peerId: grpcCall.getPeer(), life, deadlineMs, requestBytes, audit: new AuditTrail() };
}

/** Ends the call when its client goes away or its deadline comes. @returns to be called when it was answered. */
function endWithClient(grpcCall: GrpcCall, { life, deadlineMs }: RpcCall): () => void {
  // grpc-js reports every end in this way, also a good one.
  const onEnd = (): void => {
    const late = monotonicMs() >= deadlineMs;
    life.end(new DOMException('the call ended', late ? 'TimeoutError' : 'AbortError'));
  };
  grpcCall.once('cancelled', onEnd);
  return () => grpcCall.removeListener('cancelled', onEnd);
}

// grpc-js made a wall clock time of the client's timeout; what counts is how long is left.
function patienceMs(grpcCall: GrpcCall): number {
  const deadline = grpcCall.getDeadline();
  return (typeof deadline === 'number' ? deadline : deadline.getTime()) - Date.now();
}

function failure(error: unknown, call: RpcCall): Partial<StatusObject> {
  const outcome = outcomeOf(error, call);
  if (!(error instanceof SignetError) && error !== call.life.reason) {
    call.life.log.error('Call failed', { method: call.method, error });
  }
  return { code: outcome.code, details: outcome.message, metadata: denialMetadata(error, outcome.message) };
}

const denials: ReadonlyMap<ErrorCode, AgentDenial> = new Map([
  ['ERR_AGENT_EXPIRED', 'AGENT_EXPIRED'],
  ['ERR_AGENT_NOT_ATTESTED', 'AGENT_NOT_ATTESTED'],
  ['ERR_AGENT_NOT_ACTIVE', 'AGENT_NOT_ACTIVE'],
  ['ERR_AGENT_BANNED', 'AGENT_BANNED'],
  ['ERR_AGENT_MUST_REATTEST', 'AGENT_MUST_REATTEST'],
]);

// Without these details a real agent neither re-attests nor shuts down; it retries for ever.
function denialMetadata(error: unknown, message: string): Metadata {
  const denial = error instanceof SignetError ? denials.get(error.code) : undefined;
  return denial === undefined ? new Metadata() : permissionDeniedMetadata(denial, message);
}
