import {
  EntryError,
  SignetError,
  SvidError,
  requireMemberId,
  requireWorkloadId,
  type RegistrationEntry,
  type Seconds,
  type SpiffeId,
  type UnixSeconds,
} from '@signet/core';
import type { IssuanceSettings } from './issuance-deps.ts';

/** Granted with what to sign, or refused with the reason. */
export type Decision<T> =
  { readonly granted: true; readonly order: T } | { readonly granted: false; readonly error: SignetError };

/** What an entry's X.509-SVID may say. */
export interface EntrySvidGrant {
  readonly spiffeId: SpiffeId;
  readonly dnsNames: readonly string[];
  readonly ttl: Seconds;
}

/** What a JWT-SVID may say. */
export interface JwtSvidGrant {
  readonly spiffeId: SpiffeId;
  readonly audience: readonly string[];
  readonly ttl: Seconds;
}

/** The TTL asked for, or the default when none is; the authority's own end caps it later. */
export function ttlOrDefault(requested: Seconds, fallback: Seconds): Seconds {
  return requested > 0 ? requested : fallback;
}

/**
 * Decides on an X.509-SVID for an entry that the caller is known to be authorized for.
 *
 * @spec SPIRE SVID API, BatchNewX509SVID
 */
export function decideEntrySvid(
  entry: RegistrationEntry,
  settings: IssuanceSettings,
  now: UnixSeconds,
): Decision<EntrySvidGrant> {
  if (hasExpired(entry, now)) return refused(entryNotFound());
  try {
    requireMemberId(entry.spiffeId, settings.trustDomain);
  } catch (cause) {
    return refused(new EntryError('ERR_INTERNAL', 'entry has malformed SPIFFE ID', { cause }));
  }
  return granted({
    spiffeId: entry.spiffeId,
    dnsNames: entry.dnsNames,
    ttl: ttlOrDefault(entry.x509SvidTtl, settings.defaultX509SvidTtl),
  });
}

/** Decides on a JWT-SVID for an entry that the caller is known to be authorized for. */
export function decideEntryJwtSvid(
  entry: RegistrationEntry,
  audience: readonly string[],
  settings: IssuanceSettings,
  now: UnixSeconds,
): Decision<JwtSvidGrant> {
  if (!settings.disableJwtSvids && hasExpired(entry, now)) return refused(entryNotFound());
  return decideJwtSvid({ spiffeId: entry.spiffeId, audience, ttl: entry.jwtSvidTtl }, settings);
}

/**
 * Decides on a JWT-SVID; empty audience strings are dropped.
 *
 * @spec SPIRE SVID API, MintJWTSVID; JWT-SVID §3.2
 */
export function decideJwtSvid(request: JwtSvidGrant, settings: IssuanceSettings): Decision<JwtSvidGrant> {
  if (settings.disableJwtSvids)
    return refused(new SvidError('ERR_JWT_DISABLED', 'JWT functionality is disabled'));
  const wrongId = workloadIdFault(request.spiffeId, settings);
  if (wrongId !== undefined) return refused(wrongId);
  if (request.audience.length === 0)
    return refused(new SvidError('ERR_INVALID_ARGUMENT', 'at least one audience is required'));
  const audience = request.audience.filter((name) => name !== '');
  if (audience.length === 0) {
    return refused(
      new SvidError(
        'ERR_JWT_AUDIENCE',
        'failed to sign JWT-SVID: invalid JWT-SVID audience: cannot be empty',
      ),
    );
  }
  return granted({
    spiffeId: request.spiffeId,
    audience,
    ttl: ttlOrDefault(request.ttl, settings.defaultJwtSvidTtl),
  });
}

function workloadIdFault(id: SpiffeId, settings: IssuanceSettings): SignetError | undefined {
  try {
    requireWorkloadId(id, settings.trustDomain);
    return undefined;
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    return new SvidError(cause.code, `invalid SPIFFE ID: ${cause.message}`, { cause });
  }
}

function hasExpired(entry: RegistrationEntry, now: UnixSeconds): boolean {
  return entry.expiresAt !== 0 && entry.expiresAt <= now;
}

function entryNotFound(): SignetError {
  return new EntryError('ERR_NOT_FOUND', 'entry not found or not authorized');
}

function granted<T>(order: T): Decision<T> {
  return { granted: true, order };
}

function refused<T>(error: SignetError): Decision<T> {
  return { granted: false, error };
}
