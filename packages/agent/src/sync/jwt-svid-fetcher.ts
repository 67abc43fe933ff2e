import { status } from '@grpc/grpc-js';
import { AgentError, type Clock, type RegistrationEntry } from '@signet/core';
import { hasStatus, isConnectionFailure } from '../server-api/server-call-error.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { audienceKey } from './audience-key.ts';
import type { JwtSvidFetch, JwtSvidRecord } from './jwt-svid-cache.ts';
import { fetchJwtSvid } from './jwt-svid-fetch.ts';
import { Pace, type PaceLimits } from './pace.ts';
import { Pauses } from './pauses.ts';

/** What asking for JWT-SVIDs needs. */
export interface JwtSvidFetchDeps {
  readonly connection: Pick<ServerConnection, 'use'>;
  readonly clock: Clock;
  /** default: a little less than a server lets one agent have. */
  readonly pace?: PaceLimits;
  /** monotonic; default: the machine's. */
  readonly monotonicMs?: () => number;
}

/** A little below what a server lets one agent have, 500 per second: it is the agent that divides it among users. */
const PACE: PaceLimits = { perSecond: 400, burst: 200 };

const REFUSED = { firstMs: 500, longestMs: 8_000, keys: 4_096 };
const AWAY = { firstMs: 250, longestMs: 2_000 };

/** What the server says of an entry whatever the audience is. */
const OF_ENTRY: readonly status[] = [
  status.PERMISSION_DENIED,
  status.NOT_FOUND,
  status.FAILED_PRECONDITION,
  status.UNIMPLEMENTED,
];

/**
 * Asks the server for JWT-SVIDs on behalf of workloads, who may want any number of them: at a bounded rate, and what
 * was refused not again at once. A server that is away, or has too much to do, is left alone for a moment.
 *
 * @returns throws {AgentError} `ERR_UNAVAILABLE` for what is not asked; else as {@link fetchJwtSvid}.
 */
export function jwtSvidFetcher(deps: JwtSvidFetchDeps): JwtSvidFetch {
  const refused = new Pauses<string>(REFUSED, deps.monotonicMs);
  const away = new Pauses<'server'>(AWAY, deps.monotonicMs);
  const pace = new Pace(deps.pace ?? PACE, deps.monotonicMs);
  const ask = async (entry: RegistrationEntry, audience: readonly string[]): Promise<JwtSvidRecord> => {
    await pace.take();
    return deps.connection.use(({ svid }) => fetchJwtSvid(svid, entry, audience, deps.clock));
  };
  return async (entry, audience) => {
    const names = { entry: versionOf(entry), token: `${versionOf(entry)} ${audienceKey(audience)}` };
    if (away.isOn('server')) throw tooSoon('the server could not answer a moment ago');
    if (refused.isOn(names.entry) || refused.isOn(names.token)) {
      throw tooSoon('the server refused this JWT-SVID a moment ago');
    }
    try {
      const record = await ask(entry, audience);
      away.succeeded('server');
      refused.succeeded(names.entry);
      refused.succeeded(names.token);
      return record;
    } catch (error) {
      if (isConnectionFailure(error) || hasStatus(error, status.RESOURCE_EXHAUSTED)) away.failed('server');
      else refused.failed(OF_ENTRY.some((code) => hasStatus(error, code)) ? names.entry : names.token);
      throw error;
    }
  };
}

function versionOf({ id, revisionNumber, createdAt }: RegistrationEntry): string {
  return `${id} ${revisionNumber} ${createdAt}`;
}

function tooSoon(message: string): AgentError {
  return new AgentError('ERR_UNAVAILABLE', message);
}
