import { AgentError, RateLimitError } from '@signet/core';
import type { UnixPeer } from '@signet/daemon';

/** How many streams may be open. */
export interface StreamLimits {
  readonly total: number;
  readonly perUser: number;
}

type End = (error: Error) => void;

/** The streams that are open, counted by user, and ended together when the agent stops. */
export class OpenStreams {
  readonly #limits: StreamLimits;
  readonly #ends = new Set<End>();
  readonly #perUser = new Map<string, number>();
  #stopping = false;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#ends.size;
  }

  /**
   * Counts a stream in.
   *
   * @param end - called when the agent stops.
   * @returns what counts it out again.
   * @throws {RateLimitError} `ERR_RATE_LIMITED` when there are too many; {AgentError} `ERR_AGENT_SHUTDOWN`.
   */
  open(peer: Pick<UnixPeer, 'share'>, end: End): () => void {
    if (this.#stopping) throw shutdown();
    const { share } = peer;
    const ofUser = this.#perUser.get(share) ?? 0;
    if (ofUser >= this.#limits.perUser || this.#ends.size >= this.#limits.total) {
      throw new RateLimitError('ERR_RATE_LIMITED', 'too many open streams');
    }
    this.#perUser.set(share, ofUser + 1);
    const registered: End = (error) => end(error);
    this.#ends.add(registered);
    return () => {
      if (this.#ends.delete(registered)) this.#release(share);
    };
  }

  /** Ends all streams, with a status that makes clients come back. */
  stop(): void {
    this.#stopping = true;
    for (const end of [...this.#ends]) end(shutdown());
  }

  #release(share: string): void {
    const left = (this.#perUser.get(share) ?? 1) - 1;
    if (left > 0) this.#perUser.set(share, left);
    else this.#perUser.delete(share);
  }
}

function shutdown(): AgentError {
  return new AgentError('ERR_AGENT_SHUTDOWN', 'the agent is shutting down');
}
