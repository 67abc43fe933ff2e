import { CallCredentials, ChannelCredentials, type Server, ServerCredentials } from '@grpc/grpc-js';
import { createServer, type Server as TlsServer } from 'node:tls';
import type { Socket } from 'node:net';
import type { X509Source } from '../source/x509-source.ts';
import { mtlsConnect, type MtlsClientOptions } from './client.ts';
import { mtlsServer, type MtlsServerOptions } from './server.ts';

interface SecureConnector {
  connect(socket: Socket): Promise<{ socket: Socket; secure: boolean }>;
  waitForReady(): Promise<void>;
  getCallCredentials(): CallCredentials;
  destroy(): void;
}

class MtlsChannelCredentials extends ChannelCredentials {
  readonly #source: X509Source;
  readonly #options: MtlsClientOptions;

  constructor(source: X509Source, options: MtlsClientOptions) {
    super();
    this.#source = source;
    this.#options = options;
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
      connect: (socket) => this.#connect(socket),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => callCredentials,
      destroy: () => undefined,
    };
  }

  #connect(socket: Socket): Promise<{ socket: Socket; secure: boolean }> {
    return new Promise((resolve, reject) => {
      const secured = mtlsConnect(this.#source, this.#options, { socket, ALPNProtocols: ['h2'] });
      secured.once('error', reject);
      secured.once('secureConnect', () => {
        if (!secured.destroyed) resolve({ socket: secured, secure: true });
      });
    });
  }
}

/** Channel credentials for a grpc-js client: each connection presents the current SVID and verifies the server. */
export function mtlsChannelCredentials(source: X509Source, options: MtlsClientOptions): ChannelCredentials {
  return new MtlsChannelCredentials(source, options);
}

/**
 * Serves a grpc-js server over mutual TLS. Connections reach it only when their peer has been verified.
 *
 * @returns the listener: call `listen` on it, and `close` it before the gRPC server is shut down.
 */
export function mtlsGrpcListener(source: X509Source, options: MtlsServerOptions, server: Server): TlsServer {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = mtlsServer(source, options, (tls) => createServer({ ...tls, ALPNProtocols: ['h2'] }));
  listener.on('secureConnection', (socket) => {
    if (!socket.destroyed) injector.injectConnection(socket);
  });
  return listener;
}
