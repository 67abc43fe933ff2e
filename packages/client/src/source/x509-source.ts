import type {
  Certificate,
  SpiffeId,
  SvidError,
  TrustDomain,
  X509Bundle,
  X509BundleSet,
  X509BundleSource,
  X509Svid,
} from '@signet/core';
import type { TLSSocket } from 'node:tls';
import { WorkloadApiError } from '../errors.ts';
import { WorkloadApiClient, type WorkloadApiOptions } from '../workload-api/workload-api-client.ts';
import type { X509Context } from '../workload-api/x509-context.ts';
import { OpenConnections } from '../revocation/open-connections.ts';
import { PeerRevocations, type RevocationKnowledge } from '../revocation/peer-revocations.ts';
import { FAIL_CLOSED, LiveState, type SourceOptions } from './live-state.ts';

/** How an {@link X509Source} is opened. */
export interface X509SourceOptions extends WorkloadApiOptions, SourceOptions {
  /** Chooses among several identities, by hint or by SPIFFE ID; default: the first. */
  readonly pick?: (svids: readonly X509Svid[]) => X509Svid | undefined;
}

/**
 * The process's own X.509-SVID and the bundles of its peers, always current.
 *
 * ```ts
 * await using source = await X509Source.open();
 * console.log(source.svid.id.uri);
 * ```
 */
export class X509Source implements X509BundleSource, AsyncDisposable {
  readonly #state: LiveState<X509Context>;
  readonly #pick: (svids: readonly X509Svid[]) => X509Svid | undefined;
  readonly #revocations: PeerRevocations;
  readonly #connections: OpenConnections = new OpenConnections((peer) =>
    this.#revocations.refusalOfX509(peer),
  );

  private constructor(
    state: LiveState<X509Context>,
    pick: (svids: readonly X509Svid[]) => X509Svid | undefined,
    revocations: PeerRevocations,
  ) {
    this.#state = state;
    this.#pick = pick;
    this.#revocations = revocations;
    revocations.changes.add(() => this.#connections.review());
  }

  /**
   * Connects to the Workload API, and waits until it has given an SVID. While the agent refuses or is away it is
   * asked again; `onFailure` hears of that, and a signal, such as `AbortSignal.timeout(10_000)`, bounds the wait.
   *
   * @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` the address is not usable or the agent wants no such call;
   * `ERR_UNIMPLEMENTED` the agent does not offer X.509-SVIDs; when the signal is aborted, the agent's newest refusal,
   * or `ERR_ABORTED` when it said nothing.
   */
  static async open(options: X509SourceOptions = {}): Promise<X509Source> {
    const client = new WorkloadApiClient(options);
    try {
      const state = await LiveState.open((stream) => client.watchX509Context(stream), options);
      state.closed.addEventListener('abort', () => client.close(), { once: true });
      const revocations = await PeerRevocations.open(
        (signal) => client.watchRevocations({ signal }),
        options.failClosed ?? FAIL_CLOSED,
        state.closed,
      );
      return new X509Source(state, options.pick ?? ((svids) => svids[0]), revocations);
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /**
   * The SVID to present now.
   *
   * @throws {WorkloadApiError} `ERR_NOT_FOUND` when `pick` wants none of those there are; `ERR_UNAVAILABLE` when the
   * source is closed; else why the agent withdrew it.
   */
  get svid(): X509Svid {
    const picked = this.#pick(this.svids);
    if (picked !== undefined) return picked;
    throw new WorkloadApiError('ERR_NOT_FOUND', 'the agent gives no SVID that this source picks');
  }

  /** All SVIDs; the first is the default one. @throws {WorkloadApiError} as {@link svid}. */
  get svids(): readonly X509Svid[] {
    return this.#state.value.svids;
  }

  /** The bundles by trust domain. @throws {WorkloadApiError} as {@link svid}. */
  get bundles(): X509BundleSet {
    return this.#state.value.bundles;
  }

  /** The bundle of a trust domain; undefined when it is not trusted. @throws {WorkloadApiError} as {@link svid}. */
  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined {
    return this.bundles.x509Bundle(trustDomain);
  }

  /** How much is known of what peers may no longer use. */
  get revocations(): RevocationKnowledge {
    return this.#revocations.knowledge;
  }

  /**
   * Why a peer is not accepted although its certificate verifies: it was revoked, or may have been. Says nothing of other
   * trust domains.
   */
  refusalOf(id: SpiffeId, leaf: Certificate): SvidError | undefined {
    return this.#revocations.covers(id) ? this.#revocations.refusalOfX509(leaf) : undefined;
  }

  /** Cuts the connection when its peer is no longer accepted. */
  watchPeer(socket: TLSSocket, id: SpiffeId, leaf: Certificate): void {
    if (this.#revocations.covers(id)) this.#connections.add(socket, leaf);
  }

  /** Calls back on every new state. Returns how to stop it. */
  onUpdate(listener: () => void): () => void {
    return this.#state.updates.add(listener);
  }

  /**
   * Calls back when the stream to the agent fails, or when something that it sent cannot be used. The stream is opened
   * again by itself unless the error is `ERR_INVALID_ARGUMENT` or `ERR_UNIMPLEMENTED`. Returns how to stop it.
   */
  onFailure(listener: (error: WorkloadApiError) => void): () => void {
    return this.#state.failures.add(listener);
  }

  /** Aborted when the source is closed. */
  get closed(): AbortSignal {
    return this.#state.closed;
  }

  /** Ends the stream. From then on servers of this source refuse, and its clients fail; open connections stay. */
  close(): void {
    this.#state.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
