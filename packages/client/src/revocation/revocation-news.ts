import { type LocalWatchRevocationsResponseOutput, revocationFromWire } from '@signet/api';
import { type Revocation, SignetError } from '@signet/core';

/** What one or more messages of the agent came to. */
export interface RevocationNews {
  readonly revocations: readonly Revocation[];
  /** They are all that hold. */
  readonly isFullState: boolean;
  /** Since the agent knew all that its server does, milliseconds; undefined when its server tells of none. */
  readonly ageMs: number | undefined;
  readonly heartbeatMs: number;
  /** The agent is refused by its server: nothing will be told any more. */
  readonly isOver: boolean;
  /** Name of the trust domain that they are of. */
  readonly trustDomain: string;
}

/** More than an agent holds that keeps to its own bounds. */
const MAX_REVOCATIONS = 2_000_000;

/**
 * Puts messages together that belong together: a full state is taken over as one, so that no revocation is forgotten in
 * between.
 */
export class RevocationMessages {
  #revocations: Revocation[] = [];
  #isFullState = false;

  /**
   * Takes a message.
   *
   * @returns undefined while more of the same follows.
   * @throws {SignetError} a revocation cannot be read: without it the verifier is not current.
   */
  take(message: LocalWatchRevocationsResponseOutput): RevocationNews | undefined {
    if (message.is_full_state) {
      this.#revocations = [];
      this.#isFullState = true;
    }
    for (const wire of message.revocations) this.#revocations.push(revocationFromWire(wire));
    if (this.#revocations.length > MAX_REVOCATIONS) {
      throw new SignetError('ERR_RESOURCE_EXHAUSTED', 'the agent sent more revocations than can be');
    }
    if (message.more) return undefined;
    const news = {
      revocations: this.#revocations,
      isFullState: this.#isFullState,
      ageMs: message.is_supported ? Number(message.age_ms) : undefined,
      heartbeatMs: message.heartbeat_ms,
      isOver: message.is_over,
      trustDomain: message.trust_domain,
    };
    this.#revocations = [];
    this.#isFullState = false;
    return news;
  }
}
