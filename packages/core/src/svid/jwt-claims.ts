import { SignetError, SvidError, type SvidErrorCode } from '../errors.ts';
import { isJsonArray, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { MAX_VERIFIED_SPIFFE_ID_BYTES, parseSpiffeId, type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import type { UnixSeconds } from '../time.ts';
import { MAX_JWT_AUDIENCES } from './jwt-limits.ts';

/** The registered claims of a JWT-SVID, typed. */
export interface JwtRegisteredClaims {
  readonly id: SpiffeId;
  readonly audience: readonly string[];
  readonly expiresAt: UnixSeconds;
  readonly issuedAt?: UnixSeconds;
  readonly notBefore?: UnixSeconds;
}

/**
 * Reads the registered claims and checks their types; nothing is compared with the time or an audience yet.
 *
 * @throws {SvidError} `ERR_JWT_SUBJECT`, `ERR_JWT_AUDIENCE`, `ERR_JWT_EXPIRY`, `ERR_JWT_ISSUED_AT`, `ERR_JWT_NOT_BEFORE`.
 * @spec JWT-SVID §3
 */
export function readJwtClaims(claims: JsonObject): JwtRegisteredClaims {
  const expiresAt = readTime(claims.get('exp'), 'ERR_JWT_EXPIRY', 'exp');
  if (expiresAt === undefined) throw new SvidError('ERR_JWT_EXPIRY', 'token has no "exp" claim');
  const issuedAt = readTime(claims.get('iat'), 'ERR_JWT_ISSUED_AT', 'iat');
  const notBefore = readTime(claims.get('nbf'), 'ERR_JWT_NOT_BEFORE', 'nbf');
  return {
    id: readSubject(claims.get('sub')),
    audience: readAudience(claims.get('aud')),
    expiresAt,
    ...(issuedAt !== undefined && { issuedAt }),
    ...(notBefore !== undefined && { notBefore }),
  };
}

function readSubject(sub: JsonValue | undefined): SpiffeId {
  if (typeof sub !== 'string') throw new SvidError('ERR_JWT_SUBJECT', 'token has no "sub" claim');
  const id = parseSubject(sub);
  if (id.path === '') throw new SvidError('ERR_JWT_SUBJECT', 'token subject is a SPIFFE ID without a path');
  return id;
}

function parseSubject(sub: string): SpiffeId {
  try {
    return parseSpiffeId(sub, { maxBytes: MAX_VERIFIED_SPIFFE_ID_BYTES });
  } catch (cause) {
    const reason = cause instanceof SignetError ? cause.message : 'malformed';
    throw new SvidError('ERR_JWT_SUBJECT', `token has an invalid subject: ${reason}`, { cause });
  }
}

function readAudience(aud: JsonValue | undefined): readonly string[] {
  const values = isJsonArray(aud) ? aud : [aud];
  const audience = values.filter((value) => typeof value === 'string');
  if (audience.length === 0 || audience.length !== values.length) {
    throw new SvidError('ERR_JWT_AUDIENCE', 'token "aud" claim must be one or more strings');
  }
  if (audience.length > MAX_JWT_AUDIENCES) {
    throw new SvidError('ERR_JWT_AUDIENCE', `token has more than ${MAX_JWT_AUDIENCES} audiences`);
  }
  return audience;
}

function readTime(value: JsonValue | undefined, code: SvidErrorCode, name: string): number | undefined {
  if (value === undefined) return undefined;
  const seconds = typeof value === 'bigint' ? Number(value) : value;
  if (typeof seconds === 'number') return seconds;
  throw new SvidError(code, `token "${name}" claim must be a number`);
}
