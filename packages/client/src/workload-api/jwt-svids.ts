import type { WorkloadJWTSVIDOutput, WorkloadJWTSVIDResponseOutput } from '@signet/api';
import { parseJwtSvidInsecure, parseSpiffeId, type SpiffeId, type UnixSeconds } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';
import { firstOfEachHint } from './hints.ts';

/** A token of the caller's own. It is a bearer secret: never log it. */
export interface FetchedJwtSvid {
  readonly spiffeId: SpiffeId;
  readonly token: string;
  readonly expiresAt: UnixSeconds;
  /** Empty when there is none. */
  readonly hint: string;
}

/** What was asked for. */
export interface JwtSvidExpectation {
  readonly audience: readonly string[];
  /** Any of the caller's identities when absent. */
  readonly spiffeId?: SpiffeId;
  /** The task that the tokens must be of. */
  readonly taskId?: string | undefined;
}

/**
 * Reads an answer of FetchJWTSVID.
 *
 * @returns at least one; the first is of the default identity.
 * @throws {WorkloadApiError} `ERR_JWT_CLAIMS` when a token is not for the whole audience, or of another identity or task
 * than asked for; another `SignetError` when it is no JWT-SVID.
 * @spec WAPI-12, WAPI-22, WAPI-27, WAPI-28, WAPI-30
 */
export function jwtSvidsOf(
  wire: WorkloadJWTSVIDResponseOutput,
  expected: JwtSvidExpectation,
): readonly FetchedJwtSvid[] {
  const svids = firstOfEachHint(wire.svids).map((each) => jwtSvidOf(each, expected));
  if (svids.length > 0) return svids;
  throw new WorkloadApiError('ERR_JWT_MALFORMED', 'Workload API: answer without an SVID');
}

function jwtSvidOf(
  { svid: token, spiffe_id: uri, hint }: WorkloadJWTSVIDOutput,
  expected: JwtSvidExpectation,
): FetchedJwtSvid {
  const parsed = parseJwtSvidInsecure(token);
  const spiffeId = parseSpiffeId(uri);
  const isAsExpected =
    parsed.id.equals(expected.spiffeId ?? spiffeId) &&
    parsed.id.equals(spiffeId) &&
    (expected.taskId === undefined || parsed.claims.get('task') === expected.taskId) &&
    expected.audience.every((value) => parsed.audience.includes(value));
  if (isAsExpected) return { spiffeId, token, expiresAt: parsed.expiresAt, hint };
  throw new WorkloadApiError('ERR_JWT_CLAIMS', 'Workload API: token does not say what was asked for');
}
