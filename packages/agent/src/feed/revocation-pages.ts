import { type ConnectResponseOutput, revocationFromWire } from '@signet/api';
import { AgentError, type Revocation } from '@signet/core';

/** Revocations to take over. */
export interface RevocationNews {
  readonly revocations: readonly Revocation[];
  /** They are all that hold. */
  readonly isFullState: boolean;
  /** Newest that is held once these are. */
  readonly latest: number;
}

/** More than a server can hold that keeps to its own bounds. */
const MAX_REVOCATIONS = 2_000_000;

/**
 * Puts the messages of a full state together: until its last one what was held before holds on, so that no revocation is
 * forgotten in between. What is only added is taken over message by message.
 */
export class RevocationPages {
  #fullState: Revocation[] | undefined;

  /**
   * Takes the revocations of a message.
   *
   * @returns what to take over; undefined while more of a full state follows.
   * @throws {SignetError} a revocation cannot be read: without it the agent is not current.
   */
  take(message: ConnectResponseOutput): RevocationNews | undefined {
    const revocations = message.revocations.map(revocationFromWire);
    const latest = Number(message.revocation);
    if (message.is_full_state) this.#fullState = [];
    if (this.#fullState === undefined) return { revocations, isFullState: false, latest };
    this.#fullState.push(...revocations);
    if (this.#fullState.length > MAX_REVOCATIONS) {
      throw new AgentError('ERR_RESOURCE_EXHAUSTED', 'the server sent more revocations than can be');
    }
    if (message.more) return undefined;
    const all = this.#fullState;
    this.#fullState = undefined;
    return { revocations: all, isFullState: true, latest };
  }
}
