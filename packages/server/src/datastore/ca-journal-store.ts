import type { UnixSeconds } from '@signet/core';

/** What a server wrote down about its own authorities. */
export interface CaJournal {
  /** Encoded by the owner; the store does not look inside. */
  readonly data: Uint8Array;
  /** Counts the saves; pass it to the next `save`. */
  readonly version: number;
}

/** One journal per server: its authority slots, kept across restarts. */
export interface CaJournalStore {
  /** The journal of that server. */
  load(serverId: string): Promise<CaJournal | undefined>;

  /**
   * Writes the journal; durable when the promise resolves.
   *
   * @param expectedVersion - version that was read, 0 when there was none.
   * @returns the new version.
   * @throws {StoreError} `ERR_ABORTED` someone else saved in between: sign nothing, load again.
   */
  save(serverId: string, data: Uint8Array, expectedVersion: number): Promise<number>;

  /** Deletes journals not saved since `before`; how many. */
  prune(before: UnixSeconds): Promise<number>;
}
