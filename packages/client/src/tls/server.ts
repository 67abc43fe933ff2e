import { type Server as TlsServer, type TlsOptions, type TLSSocket } from 'node:tls';
import type { X509Source } from '../source/x509-source.ts';
import { type Authorize, matcherOf } from './authorize.ts';
import { keyPair, TLS_SETTINGS } from './secure-context.ts';
import { verifyPeer } from './verify-peer.ts';

/** What a server of this package is made with. */
export interface MtlsServerOptions {
  /** Who may connect. */
  readonly authorize: Authorize;
  /** Told of each connection that was refused. */
  readonly onRefused?: (error: Error, socket: TLSSocket) => void;
}

/**
 * Makes a mutual-TLS server of any kind that is built on `node:tls`, presents the source's SVID on it, exchanges it
 * whenever it rotates, and refuses each peer that does not verify before any of its data is read.
 *
 * ```ts
 * const server = mtlsServer(source, { authorize: 'spiffe://example.org/client' }, (options) =>
 *   https.createServer(options, handler));
 * ```
 *
 * @param create - makes the server from the options it is given: `tls.createServer`, `https.createServer`,
 * `http2.createSecureServer`, alone or with settings of your own added.
 */
export function mtlsServer<Server extends TlsServer>(
  source: X509Source,
  { authorize, onRefused }: MtlsServerOptions,
  create: (options: TlsOptions) => Server,
): Server {
  const matcher = matcherOf(authorize);
  const server = create({
    ...TLS_SETTINGS,
    ...keyPair(source.svid),
    requestCert: true,
    rejectUnauthorized: false,
  });
  const stopFollowing = source.onUpdate(() =>
    server.setSecureContext({ ...TLS_SETTINGS, ...keyPair(source.svid) }),
  );
  server.once('close', stopFollowing);
  // First of all listeners, so that a refused socket is gone before an HTTP parser looks at it.
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    try {
      verifyPeer(socket, source, matcher);
    } catch (error) {
      socket.on('error', () => undefined);
      socket.destroy();
      onRefused?.(error as Error, socket);
    }
  });
  return server;
}
