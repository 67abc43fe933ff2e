import { type Revocation, RevocationSet } from '@signet/core';
import { monotonicMs } from '@signet/daemon';

/** How far what the agent knows of revocations can be trusted. */
export interface Freshness {
  /** Since the agent knew all that the server did, milliseconds; Infinity when it never has. */
  readonly ageMs: number;
  /** Whether the server tells of revocations at all. */
  readonly isSupported: boolean;
  /** How often the server promised to speak; undefined when it does not tell. */
  readonly heartbeatMs: number | undefined;
}

/** The revocations that the agent holds, and how current they are. */
export class AgentRevocations {
  readonly set: RevocationSet = new RevocationSet();
  readonly #listeners = new Set<() => void>();
  #contactAtMs: number | undefined;
  #heartbeatMs: number | undefined;

  /** Takes over what the server told. */
  apply(revocations: readonly Revocation[], options: { isFullState: boolean; latest: number }): void {
    if (revocations.length === 0 && !options.isFullState) return;
    this.set.apply(revocations, options);
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * The agent knows all that the server does.
   *
   * @param nowMs - monotonic.
   * @param heartbeatMs - in this time the next contact comes.
   */
  contact(nowMs: number, heartbeatMs: number): void {
    this.#contactAtMs = nowMs;
    this.#heartbeatMs = heartbeatMs;
  }

  /** The server does not tell any more. */
  lost(): void {
    return;
  }

  /** @returns what takes the listener away again. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  freshness(): Freshness {
    const isSupported = this.#contactAtMs !== undefined;
    return {
      ageMs: isSupported ? monotonicMs() - (this.#contactAtMs as number) : Infinity,
      isSupported,
      heartbeatMs: this.#heartbeatMs,
    };
  }
}
