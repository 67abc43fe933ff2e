import { nowSeconds, type RegistrationEntry, type SpiffeId } from '@signet/core';
import type { IssuedJwtSvid } from '../ca/certificate-authority.ts';
import { decideEntryJwtSvid } from './decide-issuance.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { newTokenId } from './token-id.ts';

/** What an agent asks for on behalf of a workload. */
export interface EntryJwtRequest {
  /** An entry that the caller was found to be authorized for. */
  readonly entry: RegistrationEntry;
  readonly agentId: SpiffeId;
  readonly audience: readonly string[];
}

/**
 * Issues a JWT-SVID for an entry.
 *
 * @throws {SvidError} `ERR_JWT_DISABLED`, `ERR_SPIFFE_ID_*`, `ERR_INVALID_ARGUMENT` no audience, `ERR_JWT_AUDIENCE` only empty ones.
 * @throws {EntryError} `ERR_NOT_FOUND` the entry has expired.
 * @throws {AuthorityError} `ERR_AUTHORITY_*`, `ERR_SIGNING_FAILED`.
 * @spec SPIRE SVID API, NewJWTSVID
 */
export async function issueJwtSvid(request: EntryJwtRequest, deps: IssuanceDeps): Promise<IssuedJwtSvid> {
  const { entry, agentId, audience } = request;
  const decision = decideEntryJwtSvid(entry, audience, deps.settings, nowSeconds(deps.clock));
  if (!decision.granted) throw decision.error;
  return deps.authority.signJwtSvid({
    ...decision.order,
    ...((deps.settings.jwtSvidJti || entry.jwtSvidIncludeJti) && { jti: newTokenId() }),
    origin: { by: 'entry', entryId: entry.id, agentId, selectors: entry.selectors },
  });
}
