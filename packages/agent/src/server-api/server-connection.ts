import type { Clock, TrustDomain, X509BundleSource } from '@signet/core';
import { openServerChannel, type ServerAddress, type ServerChannel } from './server-channel.ts';
import type { ClientIdentity } from './server-credentials.ts';
import { verifyServerByBundle } from './server-verifier.ts';

/** What the agent's connection needs. */
export interface ServerConnectionDeps {
  readonly address: ServerAddress;
  readonly trustDomain: TrustDomain;
  /** the agent's bundle as it is at each handshake. */
  readonly bundles: X509BundleSource;
  /** the agent's SVID and key as they are at each handshake. */
  readonly identity: () => ClientIdentity;
  readonly clock: Clock;
}

/**
 * The agent's mutually authenticated connection to the server.
 *
 * It is given up after any failed call and when `drop` is called; the next call makes a new one, with the SVID and the
 * bundle of then. Calls that are under way on a dropped connection go on to their end.
 */
export class ServerConnection {
  readonly #deps: ServerConnectionDeps;
  #channel: ServerChannel | undefined;

  constructor(deps: ServerConnectionDeps) {
    this.#deps = deps;
  }

  /** Works with the server. @throws what `work` throws. */
  async use<T>(work: (server: ServerChannel) => Promise<T>): Promise<T> {
    const channel = (this.#channel ??= this.#open());
    try {
      return await work(channel);
    } catch (error) {
      if (this.#channel === channel) this.drop();
      throw error;
    }
  }

  /** Has the next call make a new connection. */
  drop(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Gives up the calls under way on the present connection, too. */
  cancel(): void {
    this.#channel?.cancel();
    this.#channel = undefined;
  }

  #open(): ServerChannel {
    const { address, trustDomain, bundles, clock, identity } = this.#deps;
    return openServerChannel(address, {
      verify: verifyServerByBundle(trustDomain, bundles, clock),
      identity,
    });
  }
}
