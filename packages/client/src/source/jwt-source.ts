import {
  type JwtBundle,
  type JwtBundleSet,
  type JwtBundleSource,
  type JwtSvid,
  type TrustDomain,
  verifyJwtSvid,
} from '@signet/core';
import type { FetchedJwtSvid } from '../workload-api/jwt-svids.ts';
import {
  type JwtSvidRequest,
  WorkloadApiClient,
  type WorkloadApiOptions,
} from '../workload-api/workload-api-client.ts';
import { LiveState, type SourceOptions } from './live-state.ts';

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

  private constructor(client: WorkloadApiClient, state: LiveState<JwtBundleSet>) {
    this.#client = client;
    this.#state = state;
    state.closed.addEventListener('abort', () => client.close(), { once: true });
  }

  /** Connects to the Workload API, and waits until it has given the bundles. */
  static async open(options: WorkloadApiOptions & SourceOptions = {}): Promise<JwtSource> {
    const client = new WorkloadApiClient(options);
    try {
      return new JwtSource(
        client,
        await LiveState.open((signal) => client.watchJwtBundles({ signal }), options),
      );
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** A token of the default identity, or of the one that is named. The agent caches: ask whenever one is needed. */
  async fetch(request: JwtSvidRequest): Promise<FetchedJwtSvid> {
    const [svid] = await this.#client.fetchJwtSvids(request);
    return svid as FetchedJwtSvid;
  }

  /**
   * Checks a token that a peer presented, against the bundle of the trust domain that it claims.
   *
   * @param audience - this service's own names; the token must be for one of them.
   * @throws {SvidError} with the reason.
   * @spec JWT-SVID §4; JWT-10, JWT-13, JWT-14, JWT-21
   */
  validate(token: string, audience: string | readonly string[]): JwtSvid {
    return verifyJwtSvid(token, {
      bundles: this,
      audience: typeof audience === 'string' ? [audience] : audience,
      at: Math.floor(Date.now() / 1000),
    });
  }

  jwtBundle(trustDomain: TrustDomain): JwtBundle | undefined {
    return this.#state.value.jwtBundle(trustDomain);
  }

  /** Calls back on every new set of bundles. Returns how to stop it. */
  onUpdate(listener: () => void): () => void {
    this.#state.events.on('update', listener);
    return () => this.#state.events.off('update', listener);
  }

  close(): void {
    this.#state.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
