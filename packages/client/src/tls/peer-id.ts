import type { SpiffeId } from '@signet/core';
import type { TLSSocket } from 'node:tls';

// A property rather than a WeakMap: node:http2 hands out proxies of its sockets, which let properties through.
const PEER = Symbol('SPIFFE ID of the verified peer');

interface Carrier {
  readonly [PEER]?: SpiffeId;
  /** Of HTTP requests and responses, and of HTTP/2 sessions. */
  readonly socket?: object | null;
  /** Of HTTP/2 streams. */
  readonly session?: { readonly socket?: object | null } | null;
  /** Of gRPC calls. */
  getAuthContext?(): { readonly sslPeerCertificate?: object } | null;
}

/**
 * The verified SPIFFE ID of the other side.
 *
 * @param connection - a socket that this package made or accepted, or anything that came over it: a request or response
 * of node:http and node:http2, an HTTP/2 stream or session, a call of a grpc-js server.
 * @returns undefined for anything else, and when the connection has gone.
 */
export function peerId(connection: object): SpiffeId | undefined {
  const carrier = connection as Carrier;
  try {
    return (
      idOf(carrier) ??
      idOf(carrier.socket) ??
      idOf(carrier.session?.socket) ??
      idOf(carrier.getAuthContext?.()?.sslPeerCertificate)
    );
  } catch {
    // The proxy of an HTTP/2 session whose socket has gone throws at every access.
    return undefined;
  }
}

/** Remembers whose socket it is, so that it also says of itself that its peer is authorized. */
export function rememberPeer(socket: TLSSocket, id: SpiffeId): void {
  Object.defineProperty(socket, PEER, { value: id });
  socket.authorized = true;
}

/** Makes grpc-js calls over a socket of a known peer carry its ID. */
export function rememberPeerOfCalls(socket: TLSSocket): void {
  // grpc-js gives its calls no more of the connection than the certificate that it asks for here.
  const getPeerCertificate = socket.getPeerCertificate.bind(socket);
  const certificate = Object.defineProperty(getPeerCertificate(), PEER, { value: idOf(socket) });
  socket.getPeerCertificate = ((detailed?: boolean) =>
    detailed === true ? getPeerCertificate(true) : certificate) as TLSSocket['getPeerCertificate'];
}

function idOf(carrier: object | null | undefined): SpiffeId | undefined {
  return (carrier as Carrier | null | undefined)?.[PEER];
}
