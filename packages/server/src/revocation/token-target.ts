import { type JwtBundle, parseJwtSvidInsecure, type UnixSeconds, verifyJwtSvid } from '@signet/core';
import type { RevokeTarget } from '../datastore/revocation-store.ts';

/** By what a token is judged. */
export interface TokenJudgement {
  /** The own JWT authorities. */
  readonly bundle: JwtBundle;
  readonly now: UnixSeconds;
}

/**
 * What revokes a JWT-SVID that is shown: its `jti`; without one, a rule for all that its SPIFFE ID was issued up to it.
 *
 * @throws {SvidError} `ERR_JWT_*` it is not one of ours, or has expired: then there is nothing to revoke.
 */
export function targetOfToken(token: string, { bundle, now }: TokenJudgement): RevokeTarget {
  const { audience } = parseJwtSvidInsecure(token);
  const { id, claims, issuedAt, expiresAt } = verifyJwtSvid(token, { bundles: bundle, audience, at: now });
  const jti = claims.get('jti');
  if (typeof jti === 'string' && jti !== '') return { kind: 'jwt', jti, expiresAt: Math.ceil(expiresAt) };
  const issuedUntil = Math.ceil(issuedAt ?? now);
  return { kind: 'subject', spiffeId: id.uri, isPrefix: false, issuedUntil };
}
