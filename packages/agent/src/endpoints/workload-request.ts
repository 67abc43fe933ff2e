import type { Metadata } from '@grpc/grpc-js';
import { AuthorizationError, parseSpiffeId, SignetError, type SpiffeId } from '@signet/core';

const HEADER = 'workload.spiffe.io';
const MAX_AUDIENCES = 32;
const MAX_AUDIENCE_BYTES = 1_024;
const MAX_TOKEN_BYTES = 16_384;

/**
 * Makes sure that the caller meant to talk to this endpoint, and was not tricked into it.
 *
 * @throws {AuthorizationError} `ERR_SECURITY_HEADER` unless the header is there once and says exactly `true`.
 * @spec Workload Endpoint §3 (metadata)
 */
export function requireSecurityHeader(metadata: Metadata): void {
  const values = metadata.get(HEADER);
  if (values.length === 1 && values[0] === 'true') return;
  throw new AuthorizationError('ERR_SECURITY_HEADER', 'security header missing from request');
}

/** What a caller wants of FetchJWTSVID. */
export interface JwtSvidRequest {
  readonly audience: readonly string[];
  /** only this identity; absent: all. */
  readonly spiffeId: SpiffeId | undefined;
}

/**
 * Reads a FetchJWTSVID request.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` without an audience, with too many or too long ones, or with a malformed ID.
 */
export function readJwtSvidRequest(wire: { audience: readonly string[]; spiffe_id: string }): JwtSvidRequest {
  // Empty strings count for nothing: the server drops them.
  const audience = wire.audience.filter((value) => value !== '');
  if (audience.length === 0) throw invalid('audience must be specified');
  if (audience.length > MAX_AUDIENCES) throw invalid(`at most ${MAX_AUDIENCES} audiences can be asked for`);
  if (audience.some((value) => Buffer.byteLength(value) > MAX_AUDIENCE_BYTES)) {
    throw invalid(`an audience is at most ${MAX_AUDIENCE_BYTES} bytes long`);
  }
  return { audience, spiffeId: wire.spiffe_id === '' ? undefined : requestedId(wire.spiffe_id) };
}

/**
 * Reads a ValidateJWTSVID request.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` when a field is missing or the token is too long to be one.
 */
export function readValidateRequest(wire: { audience: string; svid: string }): {
  readonly audience: string;
  readonly token: string;
} {
  if (wire.audience === '') throw invalid('audience must be specified');
  if (wire.svid === '') throw invalid('svid must be specified');
  if (wire.svid.length > MAX_TOKEN_BYTES) throw invalid('svid is too long');
  return { audience: wire.audience, token: wire.svid };
}

function requestedId(text: string): SpiffeId {
  try {
    return parseSpiffeId(text);
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw invalid(`invalid requested SPIFFE ID: ${cause.message}`, cause);
  }
}

function invalid(message: string, cause?: unknown): SignetError {
  return new SignetError('ERR_INVALID_ARGUMENT', message, cause === undefined ? {} : { cause });
}
