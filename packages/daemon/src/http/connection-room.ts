import type { Socket } from 'node:net';
import { addressKey } from '../listen/address-key.ts';

/** How many connections may be open. */
export interface RoomLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
}

/**
 * The connections that are open, by address. Whoever comes is let in: when there is no room, the oldest connection of the
 * address that has most of them has to go, so that nobody is locked out by those who hold on to theirs.
 */
export class ConnectionRoom {
  readonly #limits: RoomLimits;
  readonly #byAddress = new Map<string, Set<Socket>>();
  #count = 0;

  constructor(limits: RoomLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#count;
  }

  enter(socket: Socket): void {
    const key = addressKey(socket.remoteAddress ?? '');
    const ofAddress = this.#byAddress.get(key) ?? new Set();
    this.#byAddress.set(key, ofAddress);
    ofAddress.add(socket);
    this.#count += 1;
    socket.once('close', () => this.#leave(key, socket));
    if (ofAddress.size > this.#limits.connectionsPerAddress) this.#cutOldest(key, ofAddress);
    if (this.#count > this.#limits.connections) this.#cutOldest(...this.#heaviest([key, ofAddress]));
  }

  #heaviest(among: [string, Set<Socket>]): [string, Set<Socket>] {
    let most = among;
    for (const each of this.#byAddress) if (each[1].size > most[1].size) most = each;
    return most;
  }

  #cutOldest(key: string, sockets: ReadonlySet<Socket>): void {
    const [oldest] = sockets;
    if (oldest === undefined) return;
    this.#leave(key, oldest);
    oldest.destroy();
  }

  #leave(key: string, socket: Socket): void {
    const ofAddress = this.#byAddress.get(key);
    if (ofAddress?.delete(socket) !== true) return;
    this.#count -= 1;
    if (ofAddress.size === 0) this.#byAddress.delete(key);
  }
}
