import type { Connection } from './connection.ts';
import type { Peer, PeerRegistry } from './peer.ts';

/** A peer that is also the connection, for our own use. */
export type ConnectedPeer<V = unknown> = Peer<V> & Connection;

let listeners = 0;

/** The live connections of one listener, by the id that calls carry. */
export class PeerTable<P extends ConnectedPeer<V>, V = unknown> implements PeerRegistry<V> {
  readonly #peers = new Map<string, P>();
  readonly #prefix: string;
  #next = 0;

  constructor(kind: 'tls' | 'unix') {
    listeners += 1;
    this.#prefix = `${kind}/${listeners}/`;
  }

  get size(): number {
    return this.#peers.size;
  }

  newId(): string {
    this.#next += 1;
    return `${this.#prefix}${this.#next}`;
  }

  add(peer: P): void {
    this.#peers.set(peer.id, peer);
    peer.onClose(() => this.#peers.delete(peer.id));
  }

  resolve(peerId: string): P | undefined {
    return this.#peers.get(peerId);
  }

  all(): Iterable<P> {
    return this.#peers.values();
  }
}
