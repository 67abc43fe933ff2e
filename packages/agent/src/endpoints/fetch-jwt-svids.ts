import type { WorkloadJWTSVIDResponseInput } from '@signet/api';
import { AgentError, type RegistrationEntry, SignetError } from '@signet/core';
import { requireAlive } from '../attestation/workload-process.ts';
import { inPages } from '../sync/entry-plan.ts';
import type { JwtSvidCache, JwtSvidRecord } from '../sync/jwt-svid-cache.ts';
import { type Caller, requireStillSame } from './caller.ts';
import { noIdentity } from './entitlement.ts';
import type { WorkloadViews } from './workload-views.ts';
import type { JwtSvidRequest } from './workload-request.ts';

/** What giving out JWT-SVIDs needs. */
export interface JwtSvidDeps {
  readonly views: WorkloadViews;
  readonly jwtSvids: JwtSvidCache;
  readonly isSynced: () => boolean;
}

/** So many tokens of one call are asked for at once: one with very many identities gets all of them, a few at a time. */
const AT_A_TIME = 16;

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
  const records = await jwtSvids(wanted, request.audience, caller, deps);
  // Tokens that were fetched took their time: they go out only to the process that asked, for what it still has.
  requireStillSame(caller);
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

async function jwtSvids(
  entries: readonly RegistrationEntry[],
  audience: readonly string[],
  { peer }: Caller,
  deps: JwtSvidDeps,
): Promise<readonly JwtSvidRecord[]> {
  const records: JwtSvidRecord[] = [];
  for (const page of inPages(entries, AT_A_TIME)) {
    // Nothing more is asked for on behalf of a caller that has gone.
    if (records.length > 0) requireAlive(peer);
    records.push(...(await Promise.all(page.map((entry) => jwtSvid(entry, audience, peer.share, deps)))));
  }
  return records;
}

async function jwtSvid(
  entry: RegistrationEntry,
  audience: readonly string[],
  user: string,
  deps: JwtSvidDeps,
): Promise<JwtSvidRecord> {
  try {
    return await deps.jwtSvids.get(entry, audience, user);
  } catch (cause) {
    // What the server says may not be for the caller.
    if (!(cause instanceof SignetError)) throw cause;
    throw new AgentError('ERR_UNAVAILABLE', 'could not fetch JWT-SVID', { cause });
  }
}
