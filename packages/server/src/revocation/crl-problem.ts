import type { UnixSeconds } from '@signet/core';

/** An authority whose CRL cannot be made. */
export interface CrlFault {
  /** Lower-case hex of its subject key ID. */
  readonly authorityId: string;
  /** How long the last good one may be gone by; 0 when there is none. */
  readonly until: UnixSeconds;
}

/** Which authorities have no CRL that anybody may go by; undefined when none. */
export function crlProblem(faults: readonly CrlFault[], now: UnixSeconds): string | undefined {
  const lapsed = faults.filter(({ until }) => until <= now);
  if (lapsed.length === 0) return undefined;
  return `no CRL that holds can be made for ${namesOf(lapsed)}: whoever goes by CRLs refuses its SVIDs`;
}

/** Which authorities have one that gets old and cannot be made anew; undefined when none. */
export function crlWarning(faults: readonly CrlFault[], now: UnixSeconds): string | undefined {
  const aging = faults.filter(({ until }) => until > now);
  if (aging.length === 0) return undefined;
  return `the CRL cannot be made anew for ${namesOf(aging)}: it lacks what is revoked from now on`;
}

function namesOf(faults: readonly CrlFault[]): string {
  return `authority ${faults.map(({ authorityId }) => authorityId).join(', ')}`;
}
