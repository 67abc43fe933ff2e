import {
  createClient,
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
import { WorkloadApiError } from '../errors.ts';
import type { CallLimits, FetchOptions, WatchOptions } from './call-options.ts';
import { plainStruct } from './plain-struct.ts';
import { PlaintextCredentials } from './plaintext-credentials.ts';
import { jwtBundlesOf } from './jwt-bundles.ts';
import { type FetchedJwtSvid, jwtSvidsOf } from './jwt-svids.ts';
import { firstState, type StateStream, streamStates } from './stream-states.ts';
import { RevocationMessages, type RevocationNews } from '../revocation/revocation-news.ts';
import { unaryCall } from './unary-call.ts';
import { x509BundlesOf } from './x509-bundles.ts';
import { type X509Context, x509ContextOf } from './x509-context.ts';

/** How to reach the Workload API. */
export interface WorkloadApiOptions {
  /** `unix:///path` or `tcp://IP:port`; default: the environment's `SPIFFE_ENDPOINT_SOCKET`. */
  readonly endpoint?: string;
  /** Time that a single call may take, milliseconds; default 30 s. Streams have no limit. */
  readonly timeoutMs?: number;
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

/**
 * The SPIFFE Workload API, call by call. Most programs want an {@link X509Source} or a {@link JwtSource} instead.
 *
 * Every call that fails does so with a {@link WorkloadApiError}.
 * @spec SPIFFE Workload API §5, §6; WE-5
 */
export class WorkloadApiClient implements Disposable, AsyncDisposable {
  readonly #client: SpiffeWorkloadAPIClient;
  readonly #local: LocalWorkloadClient;
  readonly #timeoutMs: number;
  readonly #closing: AbortController = new AbortController();

  /** @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` when the address is not usable. */
  constructor(options: WorkloadApiOptions = {}) {
    const target = grpcTarget(resolveEndpoint(options.endpoint));
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
    return this.#states((call) => this.#client.FetchX509SVID({}, header(), call), x509ContextOf, options);
  }

  /** The X.509 bundles that the caller may see, as they are now. */
  fetchX509Bundles(options: FetchOptions = {}): Promise<X509BundleSet> {
    return firstState(this.watchX509Bundles({ ...options, timeoutMs: this.#timeoutMs }));
  }

  /** The X.509 bundles that the caller may see, and again on each change. */
  watchX509Bundles(options: WatchOptions = {}): AsyncIterable<X509BundleSet> {
    return this.#states((call) => this.#client.FetchX509Bundles({}, header(), call), x509BundlesOf, options);
  }

  /** The JWT bundles that the caller may see, as they are now. */
  fetchJwtBundles(options: FetchOptions = {}): Promise<JwtBundleSet> {
    return firstState(this.watchJwtBundles({ ...options, timeoutMs: this.#timeoutMs }));
  }

  /** The JWT bundles that the caller may see, and again on each change. */
  watchJwtBundles(options: WatchOptions = {}): AsyncIterable<JwtBundleSet> {
    return this.#states((call) => this.#client.FetchJWTBundles({}, header(), call), jwtBundlesOf, options);
  }

  /**
   * What verifiers have to refuse, and again on each change. Agents other than Signet's do not offer it:
   * `ERR_UNIMPLEMENTED`.
   */
  async *watchRevocations(options: WatchOptions = {}): AsyncIterable<RevocationNews> {
    const messages = new RevocationMessages();
    const open = (call: CallOptions): ClientReadableStream<LocalWatchRevocationsResponseOutput> =>
      this.#local.WatchRevocations({}, header(), call);
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
    };
    const request = { audience: expected.audience, spiffe_id: expected.spiffeId?.uri ?? '' };
    return unaryCall<WorkloadJWTSVIDResponseOutput, readonly FetchedJwtSvid[]>(
      (options, done) => this.#client.FetchJWTSVID(request, header(), options, done),
      (answer) => jwtSvidsOf(answer, expected),
      this.#limits({ signal, timeoutMs: this.#timeoutMs }),
    );
  }

  /** Lets the agent check a token that somebody presented. Rejects when it is not valid. */
  validateJwtSvid(token: string, audience: string, { signal }: FetchOptions = {}): Promise<ValidatedJwtSvid> {
    return unaryCall<WorkloadValidateJWTSVIDResponseOutput, ValidatedJwtSvid>(
      (options, done) => this.#client.ValidateJWTSVID({ svid: token, audience }, header(), options, done),
      (answer) => ({ spiffeId: parseSpiffeId(answer.spiffe_id), claims: plainStruct(answer.claims) }),
      this.#limits({ signal, timeoutMs: this.#timeoutMs }),
    );
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

  #limits({ signal, timeoutMs }: { signal?: AbortSignal | undefined; timeoutMs?: number }): CallLimits {
    const closing = this.#closing.signal;
    return { signals: signal === undefined ? [closing] : [closing, signal], timeoutMs };
  }
}

function header(): Metadata {
  const metadata = new Metadata();
  metadata.set('workload.spiffe.io', 'true');
  return metadata;
}
