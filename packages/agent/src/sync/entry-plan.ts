import type { RegistrationEntry, UnixSeconds } from '@signet/core';

/** The version of one entry as the server lists it when there are many. */
export interface EntryVersion {
  readonly id: string;
  readonly revisionNumber: number;
  /** 0 when the server does not tell. */
  readonly createdAt: UnixSeconds;
}

/** Which entries to keep as they are, and which to ask for. */
export interface EntryPlan {
  readonly keep: readonly RegistrationEntry[];
  readonly request: readonly string[];
}

/**
 * Compares what the agent has with what the server lists. What is not listed is in neither list: it is gone.
 *
 * @spec SPIRE server API §7, last paragraph
 */
export function planEntries(
  known: ReadonlyMap<string, RegistrationEntry>,
  listed: readonly EntryVersion[],
): EntryPlan {
  const keep: RegistrationEntry[] = [];
  const request: string[] = [];
  for (const version of listed) {
    const entry = known.get(version.id);
    if (entry !== undefined && isCurrent(entry, version)) keep.push(entry);
    else request.push(version.id);
  }
  return { keep, request };
}

function isCurrent(entry: RegistrationEntry, listed: EntryVersion): boolean {
  if (entry.revisionNumber !== listed.revisionNumber) return false;
  // An ID that was deleted and created again starts at revision 0 anew: only the creation time tells.
  return listed.createdAt === 0 || entry.createdAt === listed.createdAt;
}

/** The list in pieces of at most `size`. */
export function inPages<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const pages: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += size) pages.push(items.slice(at, at + size));
  return pages;
}
