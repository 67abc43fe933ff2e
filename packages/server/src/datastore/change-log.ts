import type { RegistrationEntry, Task, TaskPolicy, UnixSeconds } from '@signet/core';
import type { AttestedNode } from './agent-store.ts';
import type { RecordedRevocation } from './revocation-store.ts';

/**
 * One committed change: what it touched, and how that looks now (absent: it is gone).
 *
 * `sequence` rises strictly with the order of commits; changes of one transaction follow each other.
 */
export type Change =
  | {
      readonly sequence: number;
      readonly kind: 'entry';
      readonly id: string;
      readonly entry?: RegistrationEntry;
    }
  | { readonly sequence: number; readonly kind: 'agent'; readonly id: string; readonly node?: AttestedNode }
  | { readonly sequence: number; readonly kind: 'bundle'; readonly id: string }
  | {
      readonly sequence: number;
      readonly kind: 'revocation';
      /** The newest revocation of the change. */
      readonly id: string;
      /** All that the change made; absent when they are to be read from the store. */
      readonly revocations?: readonly RecordedRevocation[];
    }
  | {
      readonly sequence: number;
      readonly kind: 'task';
      readonly id: string;
      readonly task?: Task;
      /** Its agent said that it ended. */
      readonly isReported?: boolean;
    }
  /** What an entry says of tasks; `id` is the entry's. */
  | {
      readonly sequence: number;
      readonly kind: 'task_policy';
      readonly id: string;
      readonly policy?: TaskPolicy;
    };

/** The order in which things changed. */
export interface ChangeLog {
  /** Sequence of the newest change, 0 when there was none yet. */
  latest(): Promise<number>;

  /** Changes after `sequence`, oldest first, with the state found while reading. */
  since(sequence: number, limit: number): Promise<readonly Change[]>;

  /**
   * The newest changes of some kinds, oldest first, at most `limit`.
   *
   * @returns them, and the sequence after which they are all that there are of these kinds.
   */
  newest(
    kinds: readonly Change['kind'][],
    limit: number,
  ): Promise<{ readonly completeAfter: number; readonly changes: readonly Change[] }>;

  /**
   * Calls the listener after each commit of this process, before the writers hear of it, so that who has the answer
   * of a write finds every listener up to date. A listener must not throw.
   *
   * @returns ends the subscription.
   */
  onCommit(listener: (changes: readonly Change[]) => void): () => void;

  /** Deletes changes recorded before `before`; how many. */
  prune(before: UnixSeconds): Promise<number>;
}
