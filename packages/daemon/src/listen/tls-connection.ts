import type { TLSSocket } from 'node:tls';
import { Connection, type ConnectionParts } from './connection.ts';
import { plainAddress } from './address-key.ts';
import type { TlsPeer } from './peer.ts';
import { handleOf } from './socket-handle.ts';

/** A connection whose TLS handshake is done and whose client is judged. */
export class TlsConnection<V> extends Connection implements TlsPeer<V> {
  readonly kind = 'tls';
  readonly address: string;
  readonly port: number;
  readonly verified: V | undefined;

  constructor(parts: ConnectionParts & { readonly socket: TLSSocket }, verified: V | undefined) {
    // Read before the connection's id takes the place of the address.
    const { remoteAddress = '', remotePort = 0 } = parts.socket;
    super(parts);
    this.address = plainAddress(remoteAddress);
    this.port = remotePort;
    this.verified = verified;
    this.isStranger = verified === undefined;
  }

  override hold(): void {
    super.hold();
    // HTTP/2 reads past Node's socket, from the handle below it.
    handleOf(this.socket)?.readStop();
  }

  override release(): void {
    super.release();
    if (!this.closed && !this.isCut) handleOf(this.socket)?.readStart();
  }
}
