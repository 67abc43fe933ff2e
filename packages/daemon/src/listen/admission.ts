import { monotonicMs } from '../process/clock.ts';
import type { ConnectionLimits } from './connection-limits.ts';

/** Why a connection is not taken. */
export type AdmissionRefusal =
  'too many connections' | 'too many connections of this peer' | 'connecting too often';

interface PeerAccount {
  open: number;
  tokens: number;
  filledAtMs: number;
}

const MAX_ACCOUNTS = 16_384;

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
    this.#fill(account);
    if (account.tokens < 1) return 'connecting too often';
    account.tokens -= 1;
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

  #account(peer: string): PeerAccount {
    let account = this.#accounts.get(peer);
    if (account === undefined) {
      if (this.#accounts.size >= MAX_ACCOUNTS) this.#forgetQuiet();
      account = { open: 0, tokens: this.#limits.connectionBurst, filledAtMs: this.#nowMs() };
      this.#accounts.set(peer, account);
    }
    return account;
  }

  #fill(account: PeerAccount): void {
    const nowMs = this.#nowMs();
    const earned = ((nowMs - account.filledAtMs) / 1000) * this.#limits.connectionsPerSecond;
    account.tokens = Math.min(this.#limits.connectionBurst, account.tokens + earned);
    account.filledAtMs = nowMs;
  }

  /** Drops peers without connections whose allowance is full again; when that is not enough, all without connections. */
  #forgetQuiet(): void {
    for (const [peer, account] of this.#accounts) {
      this.#fill(account);
      if (account.open === 0 && account.tokens >= this.#limits.connectionBurst) this.#accounts.delete(peer);
    }
    if (this.#accounts.size < MAX_ACCOUNTS) return;
    for (const [peer, account] of this.#accounts) if (account.open === 0) this.#accounts.delete(peer);
  }
}
