import { createPublicKey } from 'node:crypto';
import { constants, deflateSync } from 'node:zlib';
import { attachJwtSignature, jwtSigningAlgorithmOf, type Seconds, type UnixSeconds } from '@signet/core';
import type { JwtSigningAuthority } from '../ca/authority.ts';
import { STATUS_LIST_SIZE } from './status-lists.ts';

/** The media type of what is made here, and, in its header, its kind. @spec draft-ietf-oauth-status-list-21 §5.1 */
export const STATUS_LIST_TYPE = 'statuslist+jwt';

/** What a status list token says. */
export interface StatusListClaims {
  readonly uri: string;
  /** Indices of the tokens that are revoked; all others are valid. */
  readonly revoked: readonly number[];
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  /** How long it may be kept before it is asked for again. */
  readonly ttl: Seconds;
}

/**
 * The list as text: one bit for each token, the first one the lowest of the first octet, compressed (ZLIB), base64url.
 *
 * @spec draft-ietf-oauth-status-list-21 §4.1, §4.2
 */
export function encodeStatusList(revoked: readonly number[], size: number = STATUS_LIST_SIZE): string {
  const bits = new Uint8Array(Math.ceil(size / 8));
  for (const index of revoked) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  return deflateSync(bits, { level: constants.Z_BEST_COMPRESSION }).toString('base64url');
}

/** A signed status list. Its type keeps it from being taken for a JWT-SVID. @spec draft-ietf-oauth-status-list-21 §5.1 */
export async function signStatusList(
  { uri, revoked, issuedAt, expiresAt, ttl }: StatusListClaims,
  { key, authorityId }: Pick<JwtSigningAuthority, 'key' | 'authorityId'>,
): Promise<string> {
  const publicKey = createPublicKey({ key: Buffer.from(key.spkiDer), format: 'der', type: 'spki' });
  const alg = jwtSigningAlgorithmOf(publicKey);
  const header = { alg, kid: authorityId, typ: STATUS_LIST_TYPE };
  const list = { bits: 1, lst: encodeStatusList(revoked) };
  const claims = { exp: expiresAt, iat: issuedAt, status_list: list, sub: uri, ttl };
  const input = `${encodeJson(header)}.${encodeJson(claims)}`;
  return attachJwtSignature(alg, input, await key.sign(new TextEncoder().encode(input)));
}

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
