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
import { onAbort } from '../abort.ts';
import { WorkloadApiError } from '../errors.ts';
import type { WorkloadApiOptions } from '../workload-api/workload-api-client.ts';
import type { X509Context } from '../workload-api/x509-context.ts';
import { OpenConnections } from '../revocation/open-connections.ts';
import type { PeerRevocations } from '../revocation/peer-revocations.ts';
import { type Live, LiveSource, openLive } from './live-source.ts';
import type { SourceOptions } from './live-state.ts';

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
export class X509Source extends LiveSource<X509Context> implements X509BundleSource {
  readonly #pick: (svids: readonly X509Svid[]) => X509Svid | undefined;
  readonly #revocations: PeerRevocations;
  readonly #connections: OpenConnections = new OpenConnections((peer, id) =>
    this.#revocations.covers(id) ? this.#revocations.refusalOfX509(peer) : undefined,
  );

  private constructor(live: Live<X509Context>, pick: (svids: readonly X509Svid[]) => X509Svid | undefined) {
    super(live);
    this.#pick = pick;
    this.#revocations = live.revocations;
    live.revocations.changes.add(() => this.#connections.review());
  }

  /**
   * Connects to the Workload API, and waits until it has given an SVID. While the agent refuses or is away it is
   * asked again; `onFailure` hears of that, and a signal, such as `AbortSignal.timeout(10_000)`, bounds the wait.
   *
   * @throws {WorkloadApiError} `ERR_INVALID_ARGUMENT` the address is not usable or the agent wants no such call;
   * `ERR_UNIMPLEMENTED` the agent does not offer X.509-SVIDs; when the signal is aborted, the agent's newest refusal,
   * or `ERR_ABORTED` when it said nothing; `ERR_TASK_ENDED`.
   */
  static async open(options: X509SourceOptions = {}): Promise<X509Source> {
    const live = await openLive(
      (client, stream) => client.watchX509Context(stream),
      options,
      ({ svids }) => svids[0]?.id.trustDomain.name,
    );
    return new X509Source(live, options.pick ?? ((svids) => svids[0]));
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
    return this.state.svids;
  }

  /** The bundles by trust domain. @throws {WorkloadApiError} as {@link svid}. */
  get bundles(): X509BundleSet {
    return this.state.bundles;
  }

  /** The bundle of a trust domain; undefined when it is not trusted. @throws {WorkloadApiError} as {@link svid}. */
  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined {
    return this.bundles.x509Bundle(trustDomain);
  }

  /**
   * Why a peer is not accepted although its certificate verifies: it was revoked, or may have been. Says nothing of other
   * trust domains.
   */
  refusalOf(id: SpiffeId, leaf: Certificate): SvidError | undefined {
    return this.#revocations.covers(id) ? this.#revocations.refusalOfX509(leaf) : undefined;
  }

  /** Cuts the connection when its peer is no longer accepted, and when the task of this source ends. */
  watchPeer(socket: TLSSocket, id: SpiffeId, leaf: Certificate): void {
    this.#connections.add(socket, id, leaf);
    const { signal } = this.task ?? {};
    if (signal === undefined) return;
    const stop = onAbort([signal], () => socket.destroy(signal.reason as Error));
    socket.once('close', stop);
  }
}
