import type { Socket } from 'node:net';
import type { Server as TlsServer, TlsOptions, TLSSocket } from 'node:tls';
import type { X509Svid } from '@signet/core';
import type { X509Source } from '../source/x509-source.ts';
import { type Authorize, matcherOf } from './authorize.ts';
import { gate } from './gate.ts';
import { ownSvid } from './own-svid.ts';
import { keyPair, TLS_SETTINGS } from './secure-context.ts';
import { verifyPeer } from './verify-peer.ts';

/** What a server of this package is made with. */
export interface MtlsServerOptions {
  /** Who may connect. */
  readonly authorize: Authorize;
  /**
   * Told of each connection that was refused: with a {@link PeerRefusedError} because of its peer, with a
   * {@link WorkloadApiError} because there is no SVID to present to it. Handshakes that fail are events of the server
   * itself: `tlsClientError`.
   */
  readonly onRefused?: (error: Error, socket: Socket) => void;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * Makes a mutual-TLS server of any kind that is built on `node:tls`. Each new connection is offered the source's newest
 * SVID; connections that are open stay as they are. A peer that does not verify is refused before any of its data is
 * read, and no listener of the server hears of it. While the source has no SVID, all are refused.
 *
 * ```ts
 * const server = mtlsServer(source, { authorize: 'spiffe://example.org/client' }, (options) =>
 *   https.createServer(options, handler));
 * ```
 *
 * @param create - makes the server from the options it is given: `tls.createServer`, `https.createServer`,
 * `http2.createSecureServer`, with settings of your own added if they are not about certificates, keys or ciphers.
 * @throws {SpiffeIdError} when `authorize` names a malformed ID.
 */
export function mtlsServer<Server extends TlsServer>(
  source: X509Source,
  { authorize, onRefused }: MtlsServerOptions,
  create: (options: TlsOptions) => Server,
): Server {
  const matcher = matcherOf(authorize);
  const server = create({
    ...TLS_SETTINGS,
    requestCert: true,
    // OpenSSL's verdict is replaced by verifyPeer below.
    rejectUnauthorized: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  let presented: X509Svid | undefined;
  const present = (): void => {
    const svid = ownSvid(source);
    // Handshakes under way keep the context that they began with.
    if (svid !== presented) server.setSecureContext({ ...TLS_SETTINGS, ...keyPair(svid) });
    presented = svid;
  };
  const admitIf = (check: (socket: TLSSocket) => void) => (socket: TLSSocket) => {
    try {
      check(socket);
      return true;
    } catch (error) {
      socket.on('error', () => undefined).destroy();
      onRefused?.(error as Error, socket);
      return false;
    }
  };
  gate(server, 'connection', admitIf(present));
  gate(
    server,
    'secureConnection',
    admitIf((socket) => verifyPeer(socket, source, matcher)),
  );
  // Node reports a handshake that takes too long, and leaves it at that.
  server.on('tlsClientError', (_error, socket) => {
    socket.destroy();
  });
  return server;
}
