import {
  type JwtBundle,
  type JwtBundleSet,
  type JwtBundleSource,
  type JwtSvid,
  type TrustDomain,
  verifyJwtSvid,
} from '@signet/core';
import type { FetchedJwtSvid } from '../workload-api/jwt-svids.ts';
import type { JwtSvidRequest, WorkloadApiOptions } from '../workload-api/workload-api-client.ts';
import { type Live, LiveSource, openLive } from './live-source.ts';
import type { SourceOptions } from './live-state.ts';

/**
 * JWT-SVIDs of the process, and the keys that its peers' tokens are checked with, always current.
 *
 * ```ts
 * await using source = await JwtSource.open();
 * const { token } = await source.fetch({ audience: 'orders' });
 * ```
 */
export class JwtSource extends LiveSource<JwtBundleSet> implements JwtBundleSource {
  readonly #live: Live<JwtBundleSet>;

  private constructor(live: Live<JwtBundleSet>) {
    super(live);
    this.#live = live;
  }

  /**
   * Connects to the Workload API, and waits until it has given the bundles.
   *
   * @throws {WorkloadApiError} as `X509Source.open`.
   */
  static async open(options: WorkloadApiOptions & SourceOptions = {}): Promise<JwtSource> {
    return new JwtSource(await openLive((client, stream) => client.watchJwtBundles(stream), options));
  }

  /**
   * A token of the default identity, or of the one that is named. The agent caches: ask whenever one is needed.
   *
   * @throws {WorkloadApiError} `ERR_PERMISSION_DENIED` when there is no such identity, `ERR_UNAVAILABLE` when the agent
   * is away, `ERR_ABORTED`.
   */
  async fetch(request: JwtSvidRequest): Promise<FetchedJwtSvid> {
    const [svid] = await this.#live.client.fetchJwtSvids(request);
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
    const { revocations } = this.#live;
    const refusal = revocations.covers(svid.id) ? revocations.refusalOfJwt(svid) : undefined;
    if (refusal !== undefined) throw refusal;
    return svid;
  }

  /** The bundles by trust domain. @throws {WorkloadApiError} when the source is closed, or why they were withdrawn. */
  get bundles(): JwtBundleSet {
    return this.state;
  }

  /** The bundle of a trust domain; undefined when it is not trusted. @throws {WorkloadApiError} as {@link bundles}. */
  jwtBundle(trustDomain: TrustDomain): JwtBundle | undefined {
    return this.bundles.jwtBundle(trustDomain);
  }
}
