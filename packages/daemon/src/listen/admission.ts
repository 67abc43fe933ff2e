import { monotonicMs } from '../process/clock.ts';
import { Allowance } from './allowance.ts';
import type { ConnectionLimits } from './connection-limits.ts';

/** Why a connection is not taken. */
export type AdmissionRefusal =
  'too many connections' | 'too many connections of this peer' | 'connecting too often';

interface PeerAccount {
  open: number;
  readonly connections: Allowance;
}

const MAX_ACCOUNTS = 16_384;
/** So many connections fewer may follow one that was cut for flooding: making a new one must not pay. */
const FLOOD_COSTS_CONNECTIONS = 50;

/** Counts connections by peer: how many are open, and how often new ones come. */
export class Admission {
  readonly #limits: ConnectionLimits;
  readonly #accounts = new Map<string, PeerAccount>();
  readonly #nowMs: () => number;
  #open = 0;

  constructor(limits: ConnectionLimits, nowMs: () => number = monotonicMs) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Open connections of all peers. */
  get open(): number {
    return this.#open;
  }

  /** Takes a connection; `leave` must follow when it ends. @returns the refusal, else undefined. */
  enter(peer: string): AdmissionRefusal | undefined {
    if (this.#open >= this.#limits.maxConnections) return 'too many connections';
    const account = this.#account(peer);
    if (account.open >= this.#limits.maxConnectionsPerPeer) return 'too many connections of this peer';
    if (!account.connections.take(1, this.#nowMs())) return 'connecting too often';
    account.open += 1;
    this.#open += 1;
    return undefined;
  }

  leave(peer: string): void {
    const account = this.#accounts.get(peer);
    if (account === undefined || account.open === 0) return;
    account.open -= 1;
    this.#open -= 1;
  }

  /** One of the peer's connections was cut for flooding: new ones are let in less often for a while. */
  flooded(peer: string): void {
    this.#accounts.get(peer)?.connections.spend(FLOOD_COSTS_CONNECTIONS, this.#nowMs());
  }

  #account(peer: string): PeerAccount {
    let account = this.#accounts.get(peer);
    if (account === undefined) {
      if (this.#accounts.size >= MAX_ACCOUNTS) this.#forgetQuiet();
      const { connectionBurst, connectionsPerSecond } = this.#limits;
      account = { open: 0, connections: new Allowance(connectionBurst, connectionsPerSecond, this.#nowMs()) };
      this.#accounts.set(peer, account);
    }
    return account;
  }

  /** Drops peers without connections whose allowance is full again; when that is not enough, all without connections. */
  #forgetQuiet(): void {
    for (const [peer, account] of this.#accounts) {
      if (account.open === 0 && account.connections.isFull(this.#nowMs())) this.#accounts.delete(peer);
    }
    if (this.#accounts.size < MAX_ACCOUNTS) return;
    for (const [peer, account] of this.#accounts) if (account.open === 0) this.#accounts.delete(peer);
  }
}
