import { type NewJWTSVIDResponseOutput, spiffeIdFromWire, type SVIDClient } from '@signet/api';
import { type Clock, parseJwtSvidInsecure, type RegistrationEntry, SvidError } from '@signet/core';
import { callUnary } from '../server-api/call.ts';
import type { JwtSvidRecord } from './jwt-svid-cache.ts';

/**
 * A fresh JWT-SVID for the entry.
 *
 * @throws {ServerCallError} when the server gives none; {SvidError} `ERR_JWT_SUBJECT`, `ERR_JWT_EXPIRY` when what it gives
 * is not for the entry or has no sound lifetime.
 */
export async function fetchJwtSvid(
  client: SVIDClient,
  entry: RegistrationEntry,
  audience: readonly string[],
  clock: Clock,
): Promise<JwtSvidRecord> {
  const { svid } = await callUnary<NewJWTSVIDResponseOutput>('NewJWTSVID', clock, (options, done) =>
    client.NewJWTSVID({ entry_id: entry.id, audience: [...audience] }, options, done),
  );
  if (svid === null) throw new SvidError('ERR_JWT_MALFORMED', 'the server sent no JWT-SVID');
  const [issuedAt, expiresAt] = [Number(svid.issued_at), Number(svid.expires_at)];
  if (issuedAt === 0 || expiresAt === 0 || issuedAt > expiresAt) {
    throw new SvidError('ERR_JWT_EXPIRY', 'the server sent a JWT-SVID without a sound lifetime');
  }
  const parsed = parseJwtSvidInsecure(svid.token);
  if (!spiffeIdFromWire(svid.id).equals(entry.spiffeId) || !parsed.id.equals(entry.spiffeId)) {
    throw new SvidError('ERR_JWT_SUBJECT', 'the server sent a JWT-SVID for another SPIFFE ID');
  }
  return { token: svid.token, keyId: parsed.keyId, issuedAt, expiresAt };
}
