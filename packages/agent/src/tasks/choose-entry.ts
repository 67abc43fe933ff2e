import { type RegistrationEntry, SignetError, type SpiffeId } from '@signet/core';

/** So many are named to whoever has to choose. */
const MOST_NAMED = 8;

/**
 * The entry that a task is begun for.
 *
 * @param entries - those of the caller, at least one.
 * @param spiffeId - which one the caller asks for.
 * @returns of several with the same SPIFFE ID the oldest; undefined when the caller does not have that one.
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` when it has several identities and asks for none.
 */
export function chooseEntry(
  entries: readonly RegistrationEntry[],
  spiffeId: SpiffeId | undefined,
): RegistrationEntry | undefined {
  const wanted =
    spiffeId === undefined ? entries : entries.filter((entry) => entry.spiffeId.equals(spiffeId));
  const ids = [...new Set(wanted.map((entry) => entry.spiffeId.uri))];
  if (ids.length > 1) throw severalIdentities(ids);
  return [...wanted].sort(byAge)[0];
}

function byAge(a: RegistrationEntry, b: RegistrationEntry): number {
  return a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt - b.createdAt;
}

function severalIdentities(ids: readonly string[]): SignetError {
  const named = ids.slice(0, MOST_NAMED).join(', ');
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return new SignetError(
    'ERR_INVALID_ARGUMENT',
    `the caller has several identities; spiffe_id (-spiffeID, spiffeId) has to name the task's: ${named}${more}`,
  );
}
