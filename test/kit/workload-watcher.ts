import { EventEmitter, once } from 'node:events';
import { type ClientReadableStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import {
  createClient,
  type SpiffeWorkloadAPIClient,
  workloadApiService,
  type WorkloadX509SVIDResponseOutput,
} from '@signet/api';
import { type Certificate, encodePem, parseCertificateSequence } from '@signet/core';

/** One of the identities of a message. */
export interface WatchedSvid {
  readonly spiffeId: string;
  readonly hint: string;
  readonly leaf: Certificate;
  /** Leaf first. */
  readonly chainPem: string;
  /** The bundle that came with it. */
  readonly bundlePem: string;
}

/** One message of FetchX509SVID. */
export interface WatchedUpdate {
  /** When it came, as `Date.now()` has it. */
  readonly atMs: number;
  readonly svids: readonly WatchedSvid[];
  /** By trust domain ID. */
  readonly federatedPem: ReadonlyMap<string, string>;
}

/** A workload, this process, that keeps its X509-SVID stream open and remembers what came. */
export class WorkloadWatcher implements Disposable {
  readonly updates: WatchedUpdate[] = [];
  error: ServiceError | undefined;
  readonly #client: SpiffeWorkloadAPIClient;
  readonly #call: ClientReadableStream<WorkloadX509SVIDResponseOutput>;
  readonly #news = new EventEmitter();

  constructor(socket: string) {
    this.#client = createClient(workloadApiService, `unix:${socket}`, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.default_authority': 'localhost',
    });
    const metadata = new Metadata();
    metadata.set('workload.spiffe.io', 'true');
    this.#call = this.#client.FetchX509SVID({}, metadata);
    this.#call.on('data', (message: WorkloadX509SVIDResponseOutput) => {
      this.updates.push(updateOf(message));
      this.#news.emit('news');
    });
    this.#call.on('error', (error: ServiceError) => {
      this.error = error;
      this.#news.emit('news');
    });
  }

  get last(): WatchedUpdate | undefined {
    return this.updates.at(-1);
  }

  /** Waits until the last message is as wanted. Rejects when the stream ends before that. */
  async until(isWanted: (update: WatchedUpdate) => boolean, timeoutMs = 30_000): Promise<WatchedUpdate> {
    await this.#waitFor(
      () => this.error !== undefined || (this.last !== undefined && isWanted(this.last)),
      timeoutMs,
    );
    if (this.last !== undefined && isWanted(this.last)) return this.last;
    throw this.error ?? new Error('the stream ended');
  }

  /** Waits until the stream has ended. @returns what it ended with. */
  async untilEnd(timeoutMs = 30_000): Promise<ServiceError> {
    await this.#waitFor(() => this.error !== undefined, timeoutMs);
    return this.error as ServiceError;
  }

  [Symbol.dispose](): void {
    this.#call.cancel();
    this.#client.close();
  }

  async #waitFor(condition: () => boolean, timeoutMs: number): Promise<void> {
    const late = new Error(`gave up waiting for the workload's stream after ${timeoutMs} ms`);
    const signal = AbortSignal.timeout(timeoutMs);
    while (!condition()) {
      await once(this.#news, 'news', { signal }).catch(() => {
        throw late;
      });
    }
  }
}

/** What a workload gets that asks once; rejects with the status of a refusal. */
export async function fetchOnce(socket: string, timeoutMs = 30_000): Promise<WatchedUpdate> {
  using watcher = new WorkloadWatcher(socket);
  return await watcher.until(() => true, timeoutMs);
}

function updateOf(message: WorkloadX509SVIDResponseOutput): WatchedUpdate {
  return {
    atMs: Date.now(),
    svids: message.svids.map((svid) => {
      const chain = parseCertificateSequence(svid.x509_svid);
      return {
        spiffeId: svid.spiffe_id,
        hint: svid.hint,
        leaf: chain[0] as Certificate,
        chainPem: pemOf(chain),
        bundlePem: pemOf(parseCertificateSequence(svid.bundle)),
      };
    }),
    federatedPem: new Map(
      Object.entries(message.federated_bundles).map(([id, der]) => [
        id,
        pemOf(parseCertificateSequence(der)),
      ]),
    ),
  };
}

function pemOf(certificates: readonly Certificate[]): string {
  return certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join('');
}
