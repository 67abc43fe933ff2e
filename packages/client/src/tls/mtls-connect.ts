import { Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { connect, type ConnectionOptions, TLSSocket } from 'node:tls';
import type { X509Svid } from '@signet/core';
import { PeerRefusedError } from '../errors.ts';
import type { X509Source } from '../source/x509-source.ts';
import { type Authorize, matcherOf } from './authorize.ts';
import { withinDestinations } from './destinations.ts';
import { gate } from './gate.ts';
import { ownSvid } from './own-svid.ts';
import { secureContextOf, TLS_SETTINGS } from './secure-context.ts';
import { verifyPeer } from './verify-peer.ts';

/** Who the server has to be. */
export interface MtlsClientOptions {
  readonly authorize: Authorize;
  /** Time for connecting and the handshake together, milliseconds; default 10 s. */
  readonly handshakeTimeoutMs?: number;
  /** Destroys every connection that was opened with these options, at whatever stage it is. */
  readonly signal?: AbortSignal;
}

/** Where to connect to: host and port or path, or an existing socket, as for `tls.connect`. */
export type MtlsTarget = Pick<
  ConnectionOptions,
  'host' | 'port' | 'path' | 'socket' | 'ALPNProtocols' | 'servername' | 'lookup'
>;

/** Opens connections that were decided upon beforehand. */
export type Connector = (target: MtlsTarget) => TLSSocket;

const DEFAULT_HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * Opens a mutual-TLS connection with the SVID that is current at this moment. The socket is destroyed with a
 * {@link PeerRefusedError} when the server is not who it should be; nothing has been sent to it by then, not even what
 * was written already, and nothing that it sent is read.
 *
 * A source that has no SVID to present is an error of the socket as well: nothing is connected to then.
 *
 * @throws {SpiffeIdError} when `authorize` names a malformed ID.
 */
export function mtlsConnect(source: X509Source, options: MtlsClientOptions, target: MtlsTarget): TLSSocket {
  return connector(source, options)(target);
}

/** A {@link mtlsConnect} for many connections. @throws {SpiffeIdError} when `authorize` names a malformed ID. */
export function connector(
  source: X509Source,
  { authorize, handshakeTimeoutMs = DEFAULT_HANDSHAKE_TIMEOUT_MS, signal }: MtlsClientOptions,
): Connector {
  const matcher = withinDestinations(source.task, matcherOf(authorize));
  return (target) => {
    let own: X509Svid;
    try {
      own = ownSvid(source);
    } catch (error) {
      return failedSocket(error as Error, target);
    }
    const socket = connect({
      ...target,
      ...TLS_SETTINGS,
      secureContext: secureContextOf(own),
      // The host name says nothing about a SPIFFE peer; OpenSSL's verdict is replaced by verifyPeer below.
      rejectUnauthorized: false,
    });
    gate(socket, 'secureConnect', () => {
      try {
        verifyPeer(socket, source, matcher);
        return true;
      } catch (error) {
        socket.destroy(error as Error);
        return false;
      }
    });
    limitHandshake(socket, handshakeTimeoutMs);
    return signal === undefined ? socket : addAbortSignal(signal, socket);
  };
}

/** A socket that never connects, and emits the error as one does whose server is away. */
function failedSocket(error: Error, target: MtlsTarget): TLSSocket {
  target.socket?.destroy();
  return new TLSSocket(new Socket()).destroy(error);
}

function limitHandshake(socket: TLSSocket, timeoutMs: number): void {
  const timer = setTimeout(() => {
    socket.destroy(new PeerRefusedError('ERR_UNAVAILABLE', `no TLS handshake within ${timeoutMs} ms`));
  }, timeoutMs);
  const stop = (): void => clearTimeout(timer);
  socket.once('secureConnect', stop).once('close', stop);
}
