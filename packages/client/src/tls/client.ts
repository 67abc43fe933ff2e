import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { X509Source } from '../source/x509-source.ts';
import { type Authorize, matcherOf } from './authorize.ts';
import { secureContextOf, TLS_SETTINGS } from './secure-context.ts';
import { verifyPeer } from './verify-peer.ts';

/** Who the server has to be. */
export interface MtlsClientOptions {
  readonly authorize: Authorize;
}

/**
 * Opens a mutual-TLS connection with the SVID that is current at this moment. The socket is destroyed with a
 * {@link PeerRefusedError} when the server is not who it should be; nothing has been sent to it by then.
 *
 * @param target - host and port or path, or an existing `socket`, as for `tls.connect`.
 */
export function mtlsConnect(
  source: X509Source,
  { authorize }: MtlsClientOptions,
  target: Pick<ConnectionOptions, 'host' | 'port' | 'path' | 'socket' | 'ALPNProtocols' | 'servername'>,
): TLSSocket {
  const matcher = matcherOf(authorize);
  const socket = connect({
    ...target,
    ...TLS_SETTINGS,
    secureContext: secureContextOf(source.svid),
    // The host name says nothing about a SPIFFE peer; OpenSSL's verdict is replaced by verifyPeer below.
    rejectUnauthorized: false,
  });
  socket.prependOnceListener('secureConnect', () => {
    try {
      verifyPeer(socket, source, matcher);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  return socket;
}
