import {
  createClient,
  type LocalBeginTaskRequestInput,
  type LocalBeginTaskResponseOutput,
  type LocalEndTaskResponseOutput,
  type LocalWatchRevocationsResponseOutput,
  type LocalWorkloadClient,
  type SpiffeWorkloadAPIClient,
  type WorkloadJWTSVIDResponseOutput,
  type WorkloadValidateJWTSVIDResponseOutput,
  workloadApiService,
  workloadService,
} from '@signet/api';
import { type JwtBundleSet, parseSpiffeId, type SpiffeId, type X509BundleSet } from '@signet/core';
import { type CallOptions, type ClientReadableStream, Metadata } from '@grpc/grpc-js';
import { grpcTarget, resolveEndpoint } from '../endpoint/endpoint-address.ts';
import { onAbort } from '../abort.ts';
import { WorkloadApiError } from '../errors.ts';
import { Task } from '../task/task.ts';
import { type TaskOrder, taskOrderToWire } from '../task/task-order.ts';
import type { TaskHandle } from '../task/task-handle.ts';
import type { CallLimits, FetchOptions, WatchOptions } from './call-options.ts';
import { requireWanted } from './failure.ts';
import { plainStruct } from './plain-struct.ts';
import { PlaintextCredentials } from './plaintext-credentials.ts';
import { jwtBundlesOf } from './jwt-bundles.ts';
import { type FetchedJwtSvid, jwtSvidsOf } from './jwt-svids.ts';
import { firstState, type StateStream, streamStates } from './stream-states.ts';
import { RevocationMessages, type RevocationNews } from '../revocation/revocation-news.ts';
import { unaryCall } from './unary-call.ts';
import { x509BundlesOf } from './x509-bundles.ts';
import { requireOfTask, type X509Context, x509ContextOf } from './x509-context.ts';

/** How to reach the Workload API. */
export interface WorkloadApiOptions {
  /** `unix:///path` or `tcp://IP:port`; default: the environment's `SPIFFE_ENDPOINT_SOCKET`. */
  readonly endpoint?: string;
  /** Time that a single call may take, milliseconds; default 30 s. Streams have no limit. */
  readonly timeoutMs?: number;
  /** A task of this process that the calls are part of: what they fetch is of the task, and ends with it. */
  readonly task?: TaskHandle;
}

/** What a token is asked for. */
export interface JwtSvidRequest extends FetchOptions {
  /** Who will read the token; at least one. */
  readonly audience: string | readonly string[];
  /** Which of the caller's identities; default: all of them. */
  readonly spiffeId?: SpiffeId | string;
}

/** What the agent says of a token that it found valid. */
export interface ValidatedJwtSvid {
  readonly spiffeId: SpiffeId;
  readonly claims: Readonly<Record<string, unknown>>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
// gRPC's own limit of 4 MiB is little for an agent that federates with many trust domains.
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
// The task ends with its connection as well.
const LONGEST_GOODBYE_MS = 2_000;

/**
 * The SPIFFE Workload API, call by call. Most programs want an {@link X509Source} or a {@link JwtSource} instead.
 *
 * Every call that fails does so with a {@link WorkloadApiError}.
 * @spec SPIFFE Workload API §5, §6; WE-5
 */
export class WorkloadApiClient implements Disposable, AsyncDisposable {
  readonly #client: SpiffeWorkloadAPIClient;
  readonly #local: LocalWorkloadClient;
  readonly #endpoint: string;
  readonly #timeoutMs: number;
  readonly #task: TaskHandle | undefined;
  readonly #closing: AbortController = new AbortController();

  /** @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` when the address is not usable. */
  constructor(options: WorkloadApiOptions = {}) {
    this.#task = options.task;
    this.#endpoint = resolveEndpoint(options.endpoint ?? options.task?.endpoint);
    const target = grpcTarget(this.#endpoint);
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#client = createClient(workloadApiService, target, new PlaintextCredentials(), {
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.default_authority': 'localhost',
      'grpc.enable_http_proxy': 0,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
      // Sources of one process do not share a connection: closing one must not disturb another.
      'grpc.use_local_subchannel_pool': 1,
    });
    // The same connection: what the agent knows of the caller is of the connection.
    this.#local = createClient(workloadService, target, new PlaintextCredentials(), {
      channelOverride: this.#client.getChannel(),
    });
  }

  /** The caller's X.509-SVIDs and bundles as they are now. */
  fetchX509Context(options: FetchOptions = {}): Promise<X509Context> {
    return firstState(this.watchX509Context({ ...options, timeoutMs: this.#timeoutMs }));
  }

  /** The caller's X.509-SVIDs and bundles, and again on each change, until the stream fails or is aborted. */
  watchX509Context(options: WatchOptions = {}): AsyncIterable<X509Context> {
    return this.#states(
      (call) => this.#client.FetchX509SVID({}, this.#header(), call),
      (message, report) => requireOfTask(x509ContextOf(message, report), this.#task),
      options,
    );
  }

  /** The X.509 bundles that the caller may see, as they are now. */
  fetchX509Bundles(options: FetchOptions = {}): Promise<X509BundleSet> {
    return firstState(this.watchX509Bundles({ ...options, timeoutMs: this.#timeoutMs }));
  }

  /** The X.509 bundles that the caller may see, and again on each change. */
  watchX509Bundles(options: WatchOptions = {}): AsyncIterable<X509BundleSet> {
    return this.#states(
      (call) => this.#client.FetchX509Bundles({}, this.#header(), call),
      x509BundlesOf,
      options,
    );
  }

  /** The JWT bundles that the caller may see, as they are now. */
  fetchJwtBundles(options: FetchOptions = {}): Promise<JwtBundleSet> {
    return firstState(this.watchJwtBundles({ ...options, timeoutMs: this.#timeoutMs }));
  }

  /** The JWT bundles that the caller may see, and again on each change. */
  watchJwtBundles(options: WatchOptions = {}): AsyncIterable<JwtBundleSet> {
    return this.#states(
      (call) => this.#client.FetchJWTBundles({}, this.#header(), call),
      jwtBundlesOf,
      options,
    );
  }

  /**
   * What verifiers have to refuse, and again on each change. Agents other than Signet's do not offer it:
   * `ERR_UNIMPLEMENTED`.
   */
  async *watchRevocations(options: WatchOptions = {}): AsyncIterable<RevocationNews> {
    const messages = new RevocationMessages();
    const open = (call: CallOptions): ClientReadableStream<LocalWatchRevocationsResponseOutput> =>
      this.#local.WatchRevocations({}, this.#header(), call);
    const stream = streamStates(
      { open, read: (message) => messages.take(message), onInvalid: undefined },
      this.#limits(options),
    );
    for await (const news of stream) if (news !== undefined) yield news;
  }

  /** Tokens for an audience: one for each identity of the caller, the default one first, or for the one named. */
  async fetchJwtSvids({ audience, spiffeId, signal }: JwtSvidRequest): Promise<readonly FetchedJwtSvid[]> {
    const expected = {
      audience: typeof audience === 'string' ? [audience] : [...audience],
      ...(spiffeId !== undefined && { spiffeId: parseSpiffeId(spiffeId.toString()) }),
      taskId: this.#task?.id,
    };
    const request = { audience: expected.audience, spiffe_id: expected.spiffeId?.uri ?? '' };
    return unaryCall<WorkloadJWTSVIDResponseOutput, readonly FetchedJwtSvid[]>(
      (options, done) => this.#client.FetchJWTSVID(request, this.#header(), options, done),
      (answer) => jwtSvidsOf(answer, expected),
      this.#limits({ signal, timeoutMs: this.#timeoutMs }),
    );
  }

  /** Lets the agent check a token that somebody presented. Rejects when it is not valid. */
  validateJwtSvid(token: string, audience: string, { signal }: FetchOptions = {}): Promise<ValidatedJwtSvid> {
    return unaryCall<WorkloadValidateJWTSVIDResponseOutput, ValidatedJwtSvid>(
      (options, done) =>
        this.#client.ValidateJWTSVID({ svid: token, audience }, this.#header(), options, done),
      (answer) => ({ spiffeId: parseSpiffeId(answer.spiffe_id), claims: plainStruct(answer.claims) }),
      this.#limits({ signal, timeoutMs: this.#timeoutMs }),
    );
  }

  /**
   * Begins a task of this process, over a connection of its own: the task ends with that, not with this client. Agents
   * other than Signet's do not offer it: `ERR_UNIMPLEMENTED`.
   *
   * ```ts
   * await using task = await client.beginTask({ purpose: 'nightly report', ttl: 600 });
   * await using source = await X509Source.open({ task });
   * ```
   *
   * @throws {WorkloadApiError} `ERR_PERMISSION_DENIED` the caller has no such identity, `ERR_NOT_FOUND` the parent is no
   * task of the caller's, `ERR_INVALID_ARGUMENT` the order is wider than the parent's or out of bounds, `ERR_UNAVAILABLE`
   * the agent or its server is away.
   */
  async beginTask(order: TaskOrder): Promise<Task> {
    requireWanted(this.#limits(order));
    const request = taskOrderToWire({ ...(this.#task && { parent: this.#task }), ...order });
    const holder = new WorkloadApiClient({ endpoint: this.#endpoint, timeoutMs: this.#timeoutMs });
    return holder.#hold(request, order.signal);
  }

  /** Closes the connection; calls and streams that are open end. */
  close(): void {
    this.#closing.abort(new WorkloadApiError('ERR_UNAVAILABLE', 'the client is closed'));
    this.#client.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  #states<Wire, Value>(
    open: StateStream<Wire, Value>['open'],
    read: StateStream<Wire, Value>['read'],
    options: WatchOptions,
  ): AsyncIterable<Value> {
    return streamStates({ open, read, onInvalid: options.onInvalid }, this.#limits(options));
  }

  async #hold(request: LocalBeginTaskRequestInput, signal: AbortSignal | undefined): Promise<Task> {
    const givenUp = new AbortController();
    const stopWaiting = onAbort(signal ? [signal] : [], () => givenUp.abort(signal?.reason));
    const timer = setTimeout(() => givenUp.abort(noAnswer(this.#timeoutMs)), this.#timeoutMs);
    const messages = streamStates<LocalBeginTaskResponseOutput, LocalBeginTaskResponseOutput>(
      {
        open: (call) => this.#local.BeginTask(request, this.#header(), call),
        read: (message) => message,
        onInvalid: undefined,
      },
      this.#limits({ signal: givenUp.signal }),
    );
    try {
      return await Task.begin({
        endpoint: this.#endpoint,
        messages,
        finish: (taskId) => this.#endTask(taskId),
        close: () => this.close(),
      });
    } finally {
      stopWaiting();
      clearTimeout(timer);
    }
  }

  async #endTask(taskId: string): Promise<void> {
    await unaryCall<LocalEndTaskResponseOutput, LocalEndTaskResponseOutput>(
      (options, done) => this.#local.EndTask({ task_id: taskId }, this.#header(), options, done),
      (answer) => answer,
      this.#limits({ timeoutMs: Math.min(this.#timeoutMs, LONGEST_GOODBYE_MS) }),
    );
  }

  #limits({ signal, timeoutMs }: { signal?: AbortSignal | undefined; timeoutMs?: number }): CallLimits {
    // In the order of how much they say about why.
    const signals = [this.#task?.signal, this.#closing.signal, signal];
    return { signals: signals.filter((each) => each !== undefined), timeoutMs };
  }

  #header(): Metadata {
    const metadata = new Metadata();
    metadata.set('workload.spiffe.io', 'true');
    if (this.#task !== undefined) metadata.set('signet-task-id', this.#task.id);
    return metadata;
  }
}

function noAnswer(timeoutMs: number): WorkloadApiError {
  return new WorkloadApiError('ERR_UNAVAILABLE', `Workload API: no answer within ${timeoutMs} ms`);
}
