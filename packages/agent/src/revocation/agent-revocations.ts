import {
  type FailClosedPolicy,
  type JwtSvid,
  type Revocation,
  type RevocationSet,
  RevocationView,
  type SvidError,
} from '@signet/core';
import { monotonicMs } from '@signet/daemon';
import { RevocationLog } from './revocation-log.ts';

/** How far what the agent knows of revocations can be trusted. */
export interface Freshness {
  /** Since the agent knew all that the server did, milliseconds; Infinity when it never has. */
  readonly ageMs: number;
  /** Whether the server tells of revocations, or may: false once it was found to have no feed. */
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

/** What has expired stays in the log until it is this much longer than what is held. */
const LOG_GROWTH = 2;
const LOG_SPARE = 10_000;

/** The revocations that the agent holds, and how current they are. */
export class AgentRevocations {
  readonly #view: RevocationView;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<(change: RevocationChange) => void>();
  #isConnected = false;
  #isComplete = false;
  #log: RevocationLog | undefined;
  #isOver = false;

  /** @param nowMs - monotonic. */
  constructor(policy: FailClosedPolicy, nowMs: () => number = monotonicMs) {
    this.#view = new RevocationView(policy);
    this.#nowMs = nowMs;
  }

  get set(): RevocationSet {
    return this.#view.set;
  }

  /** All that is held, and what comes, for watchers to read. Another one takes its place when what it says does not count any more. */
  get log(): RevocationLog {
    return (this.#log ??= new RevocationLog(this.set.values()));
  }

  /** Whether all is known that held at some moment of this run: until then, what is held is what an earlier run left. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Takes over what the server told. */
  apply(revocations: readonly Revocation[], options: { isFullState: boolean; latest: number }): void {
    if (revocations.length === 0 && !options.isFullState) return;
    this.#isComplete ||= options.isFullState;
    this.set.apply(revocations, options);
    const isOutgrown = (this.#log?.length ?? 0) + revocations.length > LOG_GROWTH * this.set.size + LOG_SPARE;
    if (options.isFullState || isOutgrown) this.#log = undefined;
    else this.#log?.append(revocations);
    this.#tell({ revocations, isFullState: options.isFullState });
  }

  /**
   * The agent knows all that the server does.
   *
   * @param nowMs - monotonic.
   * @param heartbeatMs - in this time the next contact comes.
   */
  contact(nowMs: number, heartbeatMs: number): void {
    if (this.#isOver) return;
    const isNews = !this.#isConnected;
    this.#isConnected = true;
    this.#isComplete = true;
    this.#view.knownAt(nowMs, heartbeatMs);
    if (isNews) this.#tell({ revocations: [], isFullState: false });
  }

  /**
   * The server tells, but does not know all yet: what is known gets older. Before the first contact it is of no age at all,
   * and so too old.
   */
  unsettled(heartbeatMs: number): void {
    this.#view.knownAt(-Infinity, heartbeatMs);
  }

  /** The server has no feed: nobody tells of revocations. What is held goes on to hold. */
  unsupported(): void {
    this.#view.untold();
    this.#tell({ revocations: [], isFullState: false });
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

  #tell(change: RevocationChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
