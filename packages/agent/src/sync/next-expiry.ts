import type { RegistrationEntry } from '@signet/core';

/** An entry holds through the second that it expires at. */
const LAST_SECOND_MS = 1_000;

/**
 * How long until the next entry expires and the server no longer lists it, milliseconds; Infinity when none will. What the
 * server still lists although it has expired here is not counted: its clock decides.
 */
export function untilNextExpiryMs(entries: Iterable<RegistrationEntry>, nowMs: number): number {
  let next = Infinity;
  for (const { expiresAt } of entries) {
    const left = expiresAt * 1000 + LAST_SECOND_MS - nowMs;
    if (left > 0) next = Math.min(next, left);
  }
  return next;
}
