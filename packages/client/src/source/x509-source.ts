import type { TrustDomain, X509Bundle, X509BundleSet, X509BundleSource, X509Svid } from '@signet/core';
import type { WorkloadApiError } from '../errors.ts';
import { WorkloadApiClient, type WorkloadApiOptions } from '../workload-api/workload-api-client.ts';
import type { X509Context } from '../workload-api/x509-context.ts';
import { LiveState, type SourceOptions } from './live-state.ts';

/** How an {@link X509Source} is opened. */
export interface X509SourceOptions extends WorkloadApiOptions, SourceOptions {
  /** Chooses among several identities, by hint or by SPIFFE ID; default: the first. */
  readonly pick?: (svids: readonly X509Svid[]) => X509Svid;
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
  readonly #pick: (svids: readonly X509Svid[]) => X509Svid;

  private constructor(
    client: WorkloadApiClient,
    state: LiveState<X509Context>,
    pick: (svids: readonly X509Svid[]) => X509Svid,
  ) {
    this.#state = state;
    this.#pick = pick;
    state.closed.addEventListener('abort', () => client.close(), { once: true });
  }

  /**
   * Connects to the Workload API, and waits until it has given an SVID. While the agent refuses or is away it is
   * asked again; pass a signal to bound the wait.
   *
   * @throws {WorkloadApiError} when the address is not usable, the API cannot serve, or the signal is aborted.
   */
  static async open(options: X509SourceOptions = {}): Promise<X509Source> {
    const client = new WorkloadApiClient(options);
    try {
      const state = await LiveState.open((signal) => client.watchX509Context({ signal }), options);
      return new X509Source(client, state, options.pick ?? firstOf);
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** The SVID to present now. @throws {WorkloadApiError} when it was withdrawn or the source is closed. */
  get svid(): X509Svid {
    return this.#pick(this.#state.value.svids);
  }

  /** All SVIDs; the first is the default one. */
  get svids(): readonly X509Svid[] {
    return this.#state.value.svids;
  }

  /** The bundles by trust domain. */
  get bundles(): X509BundleSet {
    return this.#state.value.bundles;
  }

  x509Bundle(trustDomain: TrustDomain): X509Bundle | undefined {
    return this.#state.value.bundles.x509Bundle(trustDomain);
  }

  /** Calls back on every new state. Returns how to stop it. */
  onUpdate(listener: () => void): () => void {
    this.#state.events.on('update', listener);
    return () => this.#state.events.off('update', listener);
  }

  /** Calls back when the stream to the agent fails; it is opened again by itself. Returns how to stop it. */
  onFailure(listener: (error: WorkloadApiError) => void): () => void {
    this.#state.events.on('failure', listener);
    return () => this.#state.events.off('failure', listener);
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

function firstOf(svids: readonly X509Svid[]): X509Svid {
  return svids[0] as X509Svid;
}
