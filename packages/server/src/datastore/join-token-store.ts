import type { UnixSeconds } from '@signet/core';
import type { NewEntry } from './entry-store.ts';

/** A join token to remember. Only its SHA-256 is stored. */
export interface NewJoinToken {
  readonly token: string;
  readonly expiresAt: UnixSeconds;
  /** Entry that gives the node its alias, created in the same transaction. */
  readonly aliasEntry?: NewEntry;
}

/** Join tokens, each usable once. */
export interface JoinTokenStore {
  /**
   * Remembers a token and creates its alias entry, both or none.
   *
   * @throws {StoreError} `ERR_ALREADY_EXISTS` the token is in use; the refusals of `EntryStore.create`.
   */
  create(token: NewJoinToken): Promise<void>;

  /**
   * Takes the token out, in one statement: of any number of callers exactly one gets it.
   *
   * @returns its expiry (an expired token is consumed all the same), or undefined when unknown or used.
   */
  consume(token: string): Promise<{ readonly expiresAt: UnixSeconds } | undefined>;

  /** Deletes tokens that expired before `at`; how many. */
  pruneExpired(at: UnixSeconds): Promise<number>;
}
