import type { UnixSeconds } from '../time.ts';
import type { Revocation, RevocationReason, RevocationTarget } from './revocation.ts';

/** A revocation without its target, which is the key that it is kept under: at 100,000 of them the difference counts. */
export interface RevocationMark {
  readonly sequence: number;
  readonly reason: RevocationReason;
  readonly revokedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

export function markOf({ sequence, reason, revokedAt, expiresAt }: Revocation): RevocationMark {
  return { sequence, reason, revokedAt, expiresAt };
}

export function unmark(mark: RevocationMark, target: RevocationTarget): Revocation {
  const { sequence, reason, revokedAt, expiresAt } = mark;
  return { sequence, reason, revokedAt, expiresAt, target };
}

/** Keeps what holds longest under one key; whether the key is new. */
export function keepLongest(marks: Map<string, RevocationMark>, key: string, mark: RevocationMark): boolean {
  const known = marks.get(key);
  if (known === undefined || known.expiresAt < mark.expiresAt) marks.set(key, mark);
  return known === undefined;
}

/** Removes what no longer holds at a time; how many. */
export function dropExpired(marks: Map<string, RevocationMark>, now: UnixSeconds): number {
  let dropped = 0;
  for (const [key, { expiresAt }] of marks) {
    if (expiresAt <= now && marks.delete(key)) dropped++;
  }
  return dropped;
}
