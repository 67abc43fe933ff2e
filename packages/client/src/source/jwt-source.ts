import {
  type JwtBundle,
  type JwtBundleSet,
  type JwtBundleSource,
  type JwtSvid,
  type TrustDomain,
  verifyJwtSvid,
} from '@signet/core';
import type { WorkloadApiError } from '../errors.ts';
import type { FetchedJwtSvid } from '../workload-api/jwt-svids.ts';
import {
  type JwtSvidRequest,
  WorkloadApiClient,
  type WorkloadApiOptions,
} from '../workload-api/workload-api-client.ts';
import { PeerRevocations, type RevocationKnowledge } from '../revocation/peer-revocations.ts';
import { FAIL_CLOSED, LiveState, type SourceOptions } from './live-state.ts';

/**
 * JWT-SVIDs of the process, and the keys that its peers' tokens are checked with, always current.
 *
 * ```ts
 * await using source = await JwtSource.open();
 * const { token } = await source.fetch({ audience: 'orders' });
 * ```
 */
export class JwtSource implements JwtBundleSource, AsyncDisposable {
  readonly #client: WorkloadApiClient;
  readonly #state: LiveState<JwtBundleSet>;
  readonly #revocations: PeerRevocations;

  private constructor(
    client: WorkloadApiClient,
    state: LiveState<JwtBundleSet>,
    revocations: PeerRevocations,
  ) {
    this.#revocations = revocations;
    this.#client = client;
    this.#state = state;
  }

  /**
   * Connects to the Workload API, and waits until it has given the bundles.
   *
   * @throws {WorkloadApiError} as `X509Source.open`.
   */
  static async open(options: WorkloadApiOptions & SourceOptions = {}): Promise<JwtSource> {
    const client = new WorkloadApiClient(options);
    try {
      const state = await LiveState.open((stream) => client.watchJwtBundles(stream), options);
      state.closed.addEventListener('abort', () => client.close(), { once: true });
      const revocations = await PeerRevocations.open(
        (signal) => client.watchRevocations({ signal }),
        options.failClosed ?? FAIL_CLOSED,
        state.closed,
      );
      return new JwtSource(client, state, revocations);
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /**
   * A token of the default identity, or of the one that is named. The agent caches: ask whenever one is needed.
   *
   * @throws {WorkloadApiError} `ERR_PERMISSION_DENIED` when there is no such identity, `ERR_UNAVAILABLE` when the agent
   * is away, `ERR_ABORTED`.
   */
  async fetch(request: JwtSvidRequest): Promise<FetchedJwtSvid> {
    const [svid] = await this.#client.fetchJwtSvids(request);
    return svid as FetchedJwtSvid;
  }

  /**
   * Checks a token that a peer presented, against the bundle of the trust domain that it claims.
   *
   * @param audience - this service's own names; the token must be for one of them.
   * @throws {SvidError} with the reason, `ERR_SVID_REVOKED` and `ERR_REVOCATIONS_STALE` among them; {@link WorkloadApiError} when there are no bundles now.
   * @spec JWT-SVID §4; JWT-10, JWT-13, JWT-14, JWT-21
   */
  validate(token: string, audience: string | readonly string[]): JwtSvid {
    const svid = verifyJwtSvid(token, {
      bundles: this,
      audience: typeof audience === 'string' ? [audience] : audience,
      at: Math.floor(Date.now() / 1000),
    });
    const refusal = this.#revocations.covers(svid.id) ? this.#revocations.refusalOfJwt(svid) : undefined;
    if (refusal !== undefined) throw refusal;
    return svid;
  }

  /** The bundles by trust domain. @throws {WorkloadApiError} when the source is closed, or why they were withdrawn. */
  get bundles(): JwtBundleSet {
    return this.#state.value;
  }

  /** The bundle of a trust domain; undefined when it is not trusted. @throws {WorkloadApiError} as {@link bundles}. */
  jwtBundle(trustDomain: TrustDomain): JwtBundle | undefined {
    return this.bundles.jwtBundle(trustDomain);
  }

  /** How much is known of what peers may no longer use. */
  get revocations(): RevocationKnowledge {
    return this.#revocations.knowledge;
  }

  /** Calls back on every new set of bundles. Returns how to stop it. */
  onUpdate(listener: () => void): () => void {
    return this.#state.updates.add(listener);
  }

  /** Calls back when the stream to the agent fails, or what it sent cannot be used. Returns how to stop it. */
  onFailure(listener: (error: WorkloadApiError) => void): () => void {
    return this.#state.failures.add(listener);
  }

  /** Aborted when the source is closed. */
  get closed(): AbortSignal {
    return this.#state.closed;
  }

  close(): void {
    this.#state.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
