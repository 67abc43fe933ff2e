import type { UnixSeconds } from '@signet/core';
import { BACKDATE_SECONDS } from '../ca/authority.ts';

const CHECK_MS = 5_000;
const SHORTEST_DELAY_MS = 100;

/** What the plan looks at: when an SVID was issued, when it ends, and who signed it. */
export interface SvidLife {
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly authorityId: string;
}

/**
 * Why the server's SVID is to be renewed now, or undefined.
 *
 * @param active - ID of the authority that would sign the next one: a taint of that one cannot be helped by renewing.
 */
export function planServerSvid(
  svid: SvidLife,
  now: number,
  active: string,
  tainted: ReadonlySet<string>,
): 'half its life is over' | 'its authority is tainted' | 'it is from the future' | undefined {
  if (now < svid.issuedAt - BACKDATE_SECONDS) return 'it is from the future';
  if (now >= halfLife(svid)) return 'half its life is over';
  return svid.authorityId !== active && tainted.has(svid.authorityId)
    ? 'its authority is tainted'
    : undefined;
}

/** Until half the life is over, 5 s at most. */
export function nextServerSvidCheckMs(svid: SvidLife, now: number): number {
  return Math.min(Math.max((halfLife(svid) - now) * 1000 + 1, SHORTEST_DELAY_MS), CHECK_MS);
}

function halfLife({ issuedAt, expiresAt }: SvidLife): number {
  return (issuedAt + expiresAt) / 2;
}
