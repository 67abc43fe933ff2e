import { type Server, ServerCredentials } from '@grpc/grpc-js';
import { createServer, type Server as TlsServer } from 'node:tls';
import type { X509Source } from '../source/x509-source.ts';
import { mtlsServer, type MtlsServerOptions } from './mtls-server.ts';
import { rememberPeerOfCalls } from './peer-id.ts';

/**
 * Serves a grpc-js server over mutual TLS. Connections reach it only when their peer has been verified; `peerId(call)`
 * tells a handler who calls.
 *
 * @returns the listener: call `listen` on it. To stop, `close` it, then shut the gRPC server down.
 * @throws {SpiffeIdError} when `authorize` names a malformed ID.
 */
export function mtlsGrpcListener(source: X509Source, options: MtlsServerOptions, server: Server): TlsServer {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = mtlsServer(source, options, (tls) => createServer({ ...tls, ALPNProtocols: ['h2'] }));
  listener.on('secureConnection', (socket) => {
    rememberPeerOfCalls(socket);
    injector.injectConnection(socket);
  });
  listener.once('close', () => {
    injector.destroy();
  });
  return listener;
}
