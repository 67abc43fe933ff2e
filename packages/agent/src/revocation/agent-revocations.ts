import {
  type FailClosedPolicy,
  type JwtSvid,
  type Revocation,
  type RevocationSet,
  RevocationView,
  type SvidError,
} from '@signet/core';
import { monotonicMs } from '@signet/daemon';

/** How far what the agent knows of revocations can be trusted. */
export interface Freshness {
  /** Since the agent knew all that the server did, milliseconds; Infinity when it never has. */
  readonly ageMs: number;
  /** Whether the server tells of revocations at all. */
  readonly isSupported: boolean;
  /** Whether the age is beyond what the agent bears: it refuses what its `fail_closed_scope` says. */
  readonly isStale: boolean;
  /** How often the server promised to speak; undefined when it does not tell. */
  readonly heartbeatMs: number | undefined;
}

/** What watchers are told: new revocations, or that those before do not count any more. */
export interface RevocationChange {
  readonly revocations: readonly Revocation[];
  /** They are all that hold. */
  readonly isFullState: boolean;
}

/** The revocations that the agent holds, and how current they are. */
export class AgentRevocations {
  readonly #view: RevocationView;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<(change: RevocationChange) => void>();
  #isConnected = false;
  #isOver = false;

  /** @param nowMs - monotonic. */
  constructor(policy: FailClosedPolicy, nowMs: () => number = monotonicMs) {
    this.#view = new RevocationView(policy);
    this.#nowMs = nowMs;
  }

  get set(): RevocationSet {
    return this.#view.set;
  }

  /** Takes over what the server told. */
  apply(revocations: readonly Revocation[], options: { isFullState: boolean; latest: number }): void {
    if (revocations.length === 0 && !options.isFullState) return;
    this.set.apply(revocations, options);
    const change = { revocations, isFullState: options.isFullState };
    for (const listener of [...this.#listeners]) listener(change);
  }

  /**
   * The agent knows all that the server does.
   *
   * @param nowMs - monotonic.
   * @param heartbeatMs - in this time the next contact comes.
   */
  contact(nowMs: number, heartbeatMs: number): void {
    if (this.#isOver) return;
    this.#isConnected = true;
    this.#view.knownAt(nowMs, heartbeatMs);
  }

  /**
   * The server tells, but does not know all yet: what is known gets older. Before the first contact it is of no age at all,
   * and so too old.
   */
  unsettled(heartbeatMs: number): void {
    this.#view.knownAt(-Infinity, heartbeatMs);
  }

  /** The server does not tell any more. */
  lost(): void {
    this.#isConnected = false;
  }

  /** The server refuses the agent for good: verifiers are told at once that nothing new will be known. */
  over(): void {
    this.#isOver = true;
    this.#isConnected = false;
    this.#view.over();
    for (const listener of [...this.#listeners]) listener({ revocations: [], isFullState: false });
  }

  /** Whether nothing new will be known. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** @returns what takes the listener away again. */
  onChange(listener: (change: RevocationChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  freshness(): Freshness {
    const nowMs = this.#nowMs();
    const { isSupported, heartbeatMs } = this.#view;
    const sinceMs = this.#view.ageMs(nowMs);
    const ageMs = this.#isConnected && sinceMs <= (heartbeatMs ?? 0) ? 0 : sinceMs;
    return { ageMs, isSupported, isStale: this.#view.isStale(nowMs), heartbeatMs };
  }

  /** Why a verified JWT-SVID of the agent's own trust domain is not accepted. */
  refusalOfJwt(svid: JwtSvid): SvidError | undefined {
    return this.#view.refusalOfJwt(svid, this.#nowMs());
  }
}
