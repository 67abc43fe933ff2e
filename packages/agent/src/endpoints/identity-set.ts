import type { RegistrationEntry } from '@signet/core';

/**
 * The entries as one workload sees them: in the order of their IDs, and of several with the same hint only the oldest.
 *
 * @param entries - ordered by ID.
 * @spec Workload API §6.2 (hint), SPIRE: created first, then the lower ID
 */
export function withUniqueHints(entries: readonly RegistrationEntry[]): readonly RegistrationEntry[] {
  const oldest = new Map<string, RegistrationEntry>();
  for (const entry of entries) {
    if (entry.hint === '') continue;
    const rival = oldest.get(entry.hint);
    // Entries come by ID, so of two of the same age the earlier one stays.
    if (rival === undefined || entry.createdAt < rival.createdAt) oldest.set(entry.hint, entry);
  }
  return entries.filter((entry) => entry.hint === '' || oldest.get(entry.hint) === entry);
}
