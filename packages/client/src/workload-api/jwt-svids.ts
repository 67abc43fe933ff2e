import type { WorkloadJWTSVIDResponseOutput } from '@signet/api';
import { parseJwtSvidInsecure, parseSpiffeId, type SpiffeId, type UnixSeconds } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';

/** A token of the caller's own. */
export interface FetchedJwtSvid {
  readonly spiffeId: SpiffeId;
  readonly token: string;
  readonly expiresAt: UnixSeconds;
  readonly hint: string;
}

/** Reads an answer of FetchJWTSVID, and checks that every token is for the caller's audience. @spec WAPI-27, WAPI-30 */
export function jwtSvidsOf(
  wire: WorkloadJWTSVIDResponseOutput,
  audience: readonly string[],
): readonly FetchedJwtSvid[] {
  if (wire.svids.length === 0)
    throw new WorkloadApiError('ERR_JWT_MALFORMED', 'Workload API: answer without an SVID');
  return wire.svids.map(({ svid: token, spiffe_id: uri, hint }) => {
    const parsed = parseJwtSvidInsecure(token);
    const spiffeId = parseSpiffeId(uri);
    if (!parsed.id.equals(spiffeId) || !audience.every((value) => parsed.audience.includes(value))) {
      throw new WorkloadApiError('ERR_JWT_CLAIMS', 'Workload API: token does not say what was asked for');
    }
    return { spiffeId, token, expiresAt: parsed.expiresAt, hint };
  });
}
