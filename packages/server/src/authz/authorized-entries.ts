import type { RegistrationEntry, SpiffeId, UnixSeconds } from '@signet/core';

/** What entries say about a caller beside the ID itself. */
export interface CallerRights {
  readonly admin: boolean;
  readonly downstream: boolean;
}

/**
 * Which entries an agent may use, answered from memory: the cost grows with what the agent owns.
 *
 * The picture is current when a write resolves. Expired entries and the node selectors of agents whose SVID has
 * expired are not in it.
 */
export interface AuthorizedEntries {
  /**
   * Every entry below the agent's ID or below one of its node aliases, each once.
   *
   * @param at - now; entries that have expired by then are left out, with all below them.
   * @spec SPIRE server API, authorized entries
   */
  authorizedEntries(agentId: SpiffeId, at: UnixSeconds): readonly RegistrationEntry[];

  /** The entry of that ID, if the agent may use it. */
  authorizedEntry(agentId: SpiffeId, entryId: string, at: UnixSeconds): RegistrationEntry | undefined;

  /** Whether an entry for this very SPIFFE ID makes its bearer an admin or a downstream server. */
  callerRights(spiffeId: SpiffeId, at: UnixSeconds): CallerRights;
}
