import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { X509Source } from '../source/x509-source.ts';
import { connector, type Connector, type MtlsClientOptions } from './mtls-connect.ts';
import { connectOrFail, type HttpTarget } from './target.ts';

/**
 * An agent for `https.request`: every new connection presents the current SVID and verifies the server.
 *
 * @param agentOptions - about pooling and the like; those about TLS have no effect.
 * @throws {SpiffeIdError} when `authorize` names a malformed ID.
 */
export function mtlsAgent(
  source: X509Source,
  options: MtlsClientOptions,
  agentOptions: AgentOptions = {},
): Agent {
  return new MtlsAgent(connector(source, options), agentOptions);
}

class MtlsAgent extends Agent {
  readonly #connect: Connector;

  constructor(connect: Connector, options: AgentOptions) {
    super({ ...options, maxCachedSessions: 0 });
    this.#connect = connect;
  }

  // The connection is given away only once its server has been verified.
  override createConnection(
    target: HttpTarget,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const socket = connectOrFail(this.#connect, target, 'http/1.1');
    const onError = (error: Error): void => callback?.(error, socket);
    socket.once('error', onError);
    socket.once('secureConnect', () => {
      socket.off('error', onError);
      callback?.(null, socket);
    });
    return undefined;
  }
}
