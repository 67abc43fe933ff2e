import { CallCredentials, ChannelCredentials } from '@grpc/grpc-js';
import type { Socket } from 'node:net';
import type { X509Source } from '../source/x509-source.ts';
import { connector, type Connector, type MtlsClientOptions } from './mtls-connect.ts';
import { verified } from './verified.ts';

/**
 * Channel credentials for a grpc-js client: each connection presents the current SVID, and is given to gRPC only once
 * its server has been verified. Calls that find no such connection fail with UNAVAILABLE and the reason.
 *
 * Call credentials go with each call; `compose` is not supported.
 *
 * @throws {SpiffeIdError} when `authorize` names a malformed ID.
 */
export function mtlsChannelCredentials(source: X509Source, options: MtlsClientOptions): ChannelCredentials {
  return new MtlsChannelCredentials(connector(source, options));
}

interface SecureConnector {
  connect(socket: Socket): Promise<{ socket: Socket; secure: boolean }>;
  waitForReady(): Promise<void>;
  getCallCredentials(): CallCredentials;
  destroy(): void;
}

class MtlsChannelCredentials extends ChannelCredentials {
  readonly #connect: Connector;

  constructor(connect: Connector) {
    super();
    this.#connect = connect;
  }

  override compose(): ChannelCredentials {
    throw new TypeError('pass call credentials with each call instead');
  }

  override _isSecure(): boolean {
    return true;
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(
    _target: unknown,
    _options: unknown,
    callCredentials: CallCredentials = CallCredentials.createEmpty(),
  ): SecureConnector {
    return {
      connect: async (socket) => ({
        socket: await verified(() => this.#connect({ socket, ALPNProtocols: ['h2'] })),
        secure: true,
      }),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => callCredentials,
      destroy: () => undefined,
    };
  }
}
