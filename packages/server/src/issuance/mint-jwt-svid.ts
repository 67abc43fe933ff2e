import type { Seconds, SpiffeId } from '@signet/core';
import type { IssuedJwtSvid } from '../ca/certificate-authority.ts';
import { decideJwtSvid } from './decide-issuance.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { newTokenId } from './token-id.ts';

/** What an operator asks for. */
export interface MintJwtRequest {
  readonly spiffeId: SpiffeId;
  readonly audience: readonly string[];
  /** 0 or less takes the default. */
  readonly ttl: Seconds;
  /** Who asks, for the ledger. */
  readonly actor: string;
}

/**
 * Mints a JWT-SVID without an entry.
 *
 * @throws {SvidError} `ERR_JWT_DISABLED`, `ERR_SPIFFE_ID_*`, `ERR_INVALID_ARGUMENT` no audience, `ERR_JWT_AUDIENCE` only empty ones.
 * @throws {AuthorityError} `ERR_AUTHORITY_*`, `ERR_SIGNING_FAILED`.
 * @spec SPIRE SVID API, MintJWTSVID
 */
export async function mintJwtSvid(request: MintJwtRequest, deps: IssuanceDeps): Promise<IssuedJwtSvid> {
  const decision = decideJwtSvid(request, deps.settings);
  if (!decision.granted) throw decision.error;
  return deps.authority.signJwtSvid({
    ...decision.order,
    ...(deps.settings.jwtSvidJti && { jti: newTokenId() }),
    origin: { by: 'mint', actor: request.actor },
  });
}
