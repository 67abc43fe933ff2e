import type { SpiffeId } from '@signet/core';
import type { TLSSocket } from 'node:tls';

// A property rather than a WeakMap: node:http2 hands out proxies of its sockets, which let properties through.
const PEER = Symbol('verified peer');

/** Who a verified peer is. */
export interface Peer {
  readonly id: SpiffeId;
  /** The task that its SVID was issued in. */
  readonly taskId?: string | undefined;
}

interface Carrier {
  readonly [PEER]?: Peer;
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
  return peerOf(connection)?.id;
}

/**
 * The task that the other side's SVID was issued in, of which it is the proof.
 *
 * @param connection - as for {@link peerId}.
 * @returns undefined for an SVID that was issued in no task, and where {@link peerId} is.
 */
export function peerTaskId(connection: object): string | undefined {
  return peerOf(connection)?.taskId;
}

function peerOf(connection: object): Peer | undefined {
  const carrier = connection as Carrier;
  try {
    return (
      ownPeerOf(carrier) ??
      ownPeerOf(carrier.socket) ??
      ownPeerOf(carrier.session?.socket) ??
      ownPeerOf(carrier.getAuthContext?.()?.sslPeerCertificate)
    );
  } catch {
    // The proxy of an HTTP/2 session whose socket has gone throws at every access.
    return undefined;
  }
}

/** Remembers whose socket it is, so that it also says of itself that its peer is authorized. */
export function rememberPeer(socket: TLSSocket, peer: Peer): void {
  Object.defineProperty(socket, PEER, { value: peer });
  socket.authorized = true;
}

/** Makes grpc-js calls over a socket of a known peer carry who it is. */
export function rememberPeerOfCalls(socket: TLSSocket): void {
  // grpc-js gives its calls no more of the connection than the certificate that it asks for here.
  const getPeerCertificate = socket.getPeerCertificate.bind(socket);
  const certificate = Object.defineProperty(getPeerCertificate(), PEER, { value: ownPeerOf(socket) });
  socket.getPeerCertificate = ((detailed?: boolean) =>
    detailed === true ? getPeerCertificate(true) : certificate) as TLSSocket['getPeerCertificate'];
}

function ownPeerOf(carrier: object | null | undefined): Peer | undefined {
  return (carrier as Carrier | null | undefined)?.[PEER];
}
