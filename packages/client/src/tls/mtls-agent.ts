import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { X509Source } from '../source/x509-source.ts';
import { connector, type Connector, type MtlsClientOptions } from './mtls-connect.ts';
import { type HttpTarget, mtlsTarget } from './target.ts';
import { verified } from './verified.ts';

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
  override createConnection(target: HttpTarget, callback?: AgentCallback): undefined {
    const open = (): TLSSocket => this.#connect({ ...mtlsTarget(target), ALPNProtocols: ['http/1.1'] });
    verified(open).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => (callback as FailureCallback | undefined)?.(error as Error),
    );
    return undefined;
  }
}

type AgentCallback = (error: Error | null, stream: Duplex) => void;
// What node does when there is no stream; its types do not know.
type FailureCallback = (error: Error) => void;
