import type { WorkloadJWTSVIDResponseInput } from '@signet/api';
import { AgentError, type RegistrationEntry, SignetError } from '@signet/core';
import { requireSameProcess } from '../attestation/workload-process.ts';
import type { JwtSvidCache } from '../sync/jwt-svid-cache.ts';
import type { Caller } from './caller.ts';
import { noIdentity } from './entitlement.ts';
import type { WorkloadViews } from './workload-views.ts';
import type { JwtSvidRequest } from './workload-request.ts';

/** What giving out JWT-SVIDs needs. */
export interface JwtSvidDeps {
  readonly views: WorkloadViews;
  readonly jwtSvids: JwtSvidCache;
  readonly isSynced: () => boolean;
}

/**
 * JWT-SVIDs for the audience, one for each of the caller's identities, or for the one that it asks for.
 *
 * @throws {AuthorizationError} `ERR_NO_IDENTITY_ISSUED` when the caller has none, or not that one; {AgentError}
 * `ERR_UNAVAILABLE` when the server gives none and none is left that is valid.
 */
export async function fetchJwtSvids(
  request: JwtSvidRequest,
  caller: Caller,
  deps: JwtSvidDeps,
): Promise<WorkloadJWTSVIDResponseInput> {
  const view = deps.views.view(caller.selectors);
  const wanted = view.entries.filter(
    (entry) => request.spiffeId === undefined || entry.spiffeId.equals(request.spiffeId),
  );
  if (wanted.length === 0) throw noIdentity(caller, deps.isSynced());
  const records = await Promise.all(wanted.map((entry) => jwtSvid(entry, request.audience, deps)));
  // The tokens took their time: they go out only to the process that asked, and only for what it still has.
  requireSameProcess(caller.peer);
  const still = new Set(view.entries);
  if (!wanted.every((entry) => still.has(entry)))
    throw new AgentError('ERR_UNAVAILABLE', 'registration changed');
  return {
    svids: wanted.map((entry, i) => ({
      spiffe_id: entry.spiffeId.uri,
      svid: records[i]?.token ?? '',
      hint: entry.hint,
    })),
  };
}

async function jwtSvid(
  entry: RegistrationEntry,
  audience: readonly string[],
  deps: JwtSvidDeps,
): Promise<{ readonly token: string }> {
  try {
    return await deps.jwtSvids.get(entry, audience);
  } catch (cause) {
    // What the server says may not be for the caller.
    if (!(cause instanceof SignetError)) throw cause;
    throw new AgentError('ERR_UNAVAILABLE', 'could not fetch JWT-SVID', { cause });
  }
}
