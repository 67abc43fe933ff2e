import type { Socket } from 'node:net';
import type { ConnectionLimits } from './connection-limits.ts';

type HandshakeLimits = Pick<ConnectionLimits, 'maxHandshakes' | 'maxHandshakesPerPeer' | 'handshakeMs'>;

interface Waiting {
  readonly socket: Socket;
  readonly begin: () => void;
}

/**
 * Lets few TLS handshakes go on at one time, of each peer and of all; the others wait their turn.
 *
 * What a handshake costs us is due when the client sends its first packet, which it may do on all its connections at
 * once: without this, thousands of them would be due in one turn of the event loop.
 */
export class HandshakeQueue {
  readonly #limits: HandshakeLimits;
  readonly #active = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting[]>();
  /** What ends each handshake that has begun, by the other side's address and port. */
  readonly #underWay = new Map<string, () => void>();
  #activeInAll = 0;

  constructor(limits: HandshakeLimits) {
    this.#limits = limits;
  }

  /** Calls `begin` when it is the socket's turn, at once or within the time for a handshake; else destroys the socket. */
  add(peer: string, socket: Socket, begin: () => void): void {
    const queue = this.#waiting.get(peer);
    if (queue !== undefined) queue.push({ socket, begin });
    else this.#waiting.set(peer, [{ socket, begin }]);
    this.#beginSome();
    if (!this.#isWaiting(peer, socket)) return;
    const timer = setTimeout(() => {
      if (this.#isWaiting(peer, socket)) socket.destroy();
    }, this.#limits.handshakeMs).unref();
    socket.once('close', () => clearTimeout(timer));
  }

  /** The handshake on this socket, or on the one below it, is over. Not to be called when it ends by being closed. */
  done(socket: Socket): void {
    this.#underWay.get(endpointOf(socket))?.();
  }

  /** One of each peer in turn, as long as there is room. */
  #beginSome(): void {
    for (const [peer, queue] of this.#waiting) {
      if (this.#activeInAll >= this.#limits.maxHandshakes) return;
      if ((this.#active.get(peer) ?? 0) >= this.#limits.maxHandshakesPerPeer) continue;
      const next = queue.shift();
      this.#waiting.delete(peer);
      if (next === undefined) continue;
      // To the end, where this very loop finds it again.
      if (queue.length > 0) this.#waiting.set(peer, queue);
      if (next.socket.destroyed) continue;
      this.#begin(peer, next);
    }
  }

  #begin(peer: string, { socket, begin }: Waiting): void {
    const endpoint = endpointOf(socket);
    this.#active.set(peer, (this.#active.get(peer) ?? 0) + 1);
    this.#activeInAll += 1;
    const end = (): void => {
      socket.off('close', end);
      if (this.#underWay.get(endpoint) === end) this.#underWay.delete(endpoint);
      this.#ended(peer);
    };
    this.#underWay.set(endpoint, end);
    socket.once('close', end);
    begin();
  }

  #ended(peer: string): void {
    const left = (this.#active.get(peer) ?? 1) - 1;
    if (left > 0) this.#active.set(peer, left);
    else this.#active.delete(peer);
    this.#activeInAll -= 1;
    this.#beginSome();
  }

  #isWaiting(peer: string, socket: Socket): boolean {
    return this.#waiting.get(peer)?.some((waiting) => waiting.socket === socket) === true;
  }
}

/** The same for a TLS socket and the one below it. */
function endpointOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
