import { AgentError, type Clock, type TrustDomain, type X509BundleSource } from '@signet/core';
import { denialOf, isConnectionFailure } from './server-call-error.ts';
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
  /** called when a server is found that the bundle does not vouch for. */
  readonly onDistrust?: (error: unknown) => void;
}

/**
 * The agent's mutually authenticated connection to the server.
 *
 * It is given up when a call shows that it does not work, and when `drop` is called; the next call makes a new one, with
 * the SVID and the bundle of then. Calls that are under way on a dropped connection go on to their end. A call that the
 * server answers with a refusal says nothing of the connection: all others go on with it.
 */
export class ServerConnection {
  readonly #deps: ServerConnectionDeps;
  readonly #listeners = new Set<() => void>();
  #channel: ServerChannel | undefined;

  constructor(deps: ServerConnectionDeps) {
    this.#deps = deps;
  }

  /** Works with the server. @throws what `work` throws; {AgentError} `ERR_UNAVAILABLE` instead of a refusal of a former SVID. */
  async use<T>(work: (server: ServerChannel) => Promise<T>): Promise<T> {
    const channel = (this.#channel ??= this.#open());
    try {
      return await work(channel);
    } catch (error) {
      if (this.#channel !== channel) throw withoutDenial(error);
      if (isConnectionFailure(error)) this.drop();
      throw error;
    }
  }

  /** Has the next call make a new connection. */
  drop(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Gives up that connection, and the calls under way on it; a newer one is not affected. */
  abandon(channel: ServerChannel): void {
    if (this.#channel === channel) this.#channel = undefined;
    channel.cancel();
  }

  /** Calls the listener for each new connection. @returns what takes it away again. */
  onOpen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Gives up the calls under way on the present connection, too. */
  cancel(): void {
    this.#channel?.cancel();
    this.#channel = undefined;
  }

  #open(): ServerChannel {
    const { address, trustDomain, bundles, clock, identity } = this.#deps;
    for (const listener of this.#listeners) listener();
    const verify = verifyServerByBundle(trustDomain, bundles, clock);
    return openServerChannel(address, {
      verify: (chainDer) => {
        try {
          verify(chainDer);
        } catch (error) {
          this.#deps.onDistrust?.(error);
          throw error;
        }
      },
      identity,
    });
  }
}

/**
 * A call that was under way while the agent's SVID was replaced may be refused because of the former one. That must not
 * make the agent give up the one it has.
 */
function withoutDenial(error: unknown): unknown {
  if (denialOf(error) === undefined) return error;
  return new AgentError('ERR_UNAVAILABLE', 'the server refused an SVID that has been replaced', {
    cause: error,
  });
}
