import {
  createClient,
  type SpiffeWorkloadAPIClient,
  type WorkloadJWTSVIDResponseOutput,
  type WorkloadValidateJWTSVIDResponseOutput,
  workloadApiService,
} from '@signet/api';
import { type JwtBundleSet, parseSpiffeId, type SpiffeId, type X509BundleSet } from '@signet/core';
import {
  type CallOptions,
  type ClientReadableStream,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { grpcTarget, resolveEndpoint } from '../endpoint/endpoint-address.ts';
import { failed } from './failure.ts';
import { plainStruct } from './plain-struct.ts';
import { jwtBundlesOf } from './jwt-bundles.ts';
import { type FetchedJwtSvid, jwtSvidsOf } from './jwt-svids.ts';
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
export interface JwtSvidRequest {
  /** Who will read the token; at least one. */
  readonly audience: string | readonly string[];
  /** Which of the caller's identities; default: all of them. */
  readonly spiffeId?: SpiffeId | string;
  readonly signal?: AbortSignal;
}

/** What the agent says of a token that it found valid. */
export interface ValidatedJwtSvid {
  readonly spiffeId: SpiffeId;
  readonly claims: Readonly<Record<string, unknown>>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const NO_MESSAGE_LIMIT_BELOW = 16 * 1024 * 1024;

/**
 * The SPIFFE Workload API, call by call. Most programs want an {@link X509Source} or a {@link JwtSource} instead.
 *
 * Every failure is a {@link WorkloadApiError}.
 * @spec SPIFFE Workload API §5, §6; WE-5
 */
export class WorkloadApiClient implements Disposable {
  readonly #client: SpiffeWorkloadAPIClient;
  readonly #timeoutMs: number;

  constructor(options: WorkloadApiOptions = {}) {
    const target = grpcTarget(resolveEndpoint(options.endpoint));
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#client = createClient(workloadApiService, target, credentials.createInsecure(), {
      'grpc.max_receive_message_length': NO_MESSAGE_LIMIT_BELOW,
      'grpc.default_authority': 'localhost',
      'grpc.enable_http_proxy': 0,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 5_000,
      // Sources of one process do not share a connection: closing one must not disturb another.
      'grpc.use_local_subchannel_pool': 1,
    });
  }

  /** The caller's X.509-SVIDs and bundles as they are now. */
  async fetchX509Context(options: { signal?: AbortSignal } = {}): Promise<X509Context> {
    return first(this.watchX509Context({ signal: this.#deadline(options.signal) }));
  }

  /** The caller's X.509-SVIDs and bundles, and again on each change, until the stream fails or is aborted. */
  watchX509Context(options: { signal?: AbortSignal } = {}): AsyncIterable<X509Context> {
    return messages(() => this.#client.FetchX509SVID({}, securityHeader()), options.signal, x509ContextOf);
  }

  /** The X.509 bundles that the caller may see, and again on each change. */
  watchX509Bundles(options: { signal?: AbortSignal } = {}): AsyncIterable<X509BundleSet> {
    return messages(() => this.#client.FetchX509Bundles({}, securityHeader()), options.signal, x509BundlesOf);
  }

  /** The JWT bundles that the caller may see, and again on each change. */
  watchJwtBundles(options: { signal?: AbortSignal } = {}): AsyncIterable<JwtBundleSet> {
    return messages(() => this.#client.FetchJWTBundles({}, securityHeader()), options.signal, jwtBundlesOf);
  }

  /** Tokens for an audience: one for each identity of the caller, or for the one that is named. */
  async fetchJwtSvids(request: JwtSvidRequest): Promise<readonly FetchedJwtSvid[]> {
    const audience = typeof request.audience === 'string' ? [request.audience] : [...request.audience];
    const spiffeId = request.spiffeId?.toString() ?? '';
    const response = await this.#unary<WorkloadJWTSVIDResponseOutput>(request.signal, (options, done) =>
      this.#client.FetchJWTSVID({ audience, spiffe_id: spiffeId }, securityHeader(), options, done),
    );
    return jwtSvidsOf(response, audience);
  }

  /** Lets the agent check a token that somebody presented. Rejects when it is not valid. */
  async validateJwtSvid(
    token: string,
    audience: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<ValidatedJwtSvid> {
    const response = await this.#unary<WorkloadValidateJWTSVIDResponseOutput>(
      options.signal,
      (callOptions, done) =>
        this.#client.ValidateJWTSVID({ svid: token, audience }, securityHeader(), callOptions, done),
    );
    return { spiffeId: parseSpiffeId(response.spiffe_id), claims: plainStruct(response.claims) };
  }

  /** Closes the connection; streams that are open end. */
  close(): void {
    this.#client.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #deadline(signal: AbortSignal | undefined): AbortSignal {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  }

  #unary<Response>(
    signal: AbortSignal | undefined,
    call: (
      options: CallOptions,
      done: (error: ServiceError | null, response?: Response) => void,
    ) => { cancel(): void },
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(failed(signal.reason));
        return;
      }
      const running = call({ deadline: Date.now() + this.#timeoutMs }, (error, response) => {
        signal?.removeEventListener('abort', cancel);
        if (error !== null) reject(failed(error));
        else resolve(response as Response);
      });
      const cancel = (): void => running.cancel();
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }
}

function securityHeader(): Metadata {
  const metadata = new Metadata();
  metadata.set('workload.spiffe.io', 'true');
  return metadata;
}

/** The call begins when the first message is asked for: before that nobody would hear that it failed. */
async function* messages<Wire, Value>(
  call: () => ClientReadableStream<Wire>,
  signal: AbortSignal | undefined,
  read: (wire: Wire) => Value,
): AsyncGenerator<Value, void, undefined> {
  if (signal?.aborted === true) throw failed(signal.reason);
  const stream = call();
  const cancel = (): void => stream.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const wire of stream) yield read(wire as Wire);
  } catch (error) {
    throw failed(signal?.aborted === true ? signal.reason : error);
  } finally {
    signal?.removeEventListener('abort', cancel);
    stream.cancel();
    // A cancelled stream reports its end once more; nobody is listening by then.
    stream.on('error', () => undefined);
  }
}

async function first<Value>(values: AsyncIterable<Value>): Promise<Value> {
  for await (const value of values) return value;
  throw failed(new Error('the stream ended before its first message'));
}
