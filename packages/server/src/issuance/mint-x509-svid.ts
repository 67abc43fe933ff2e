import { CsrError, type Seconds } from '@signet/core';
import type { IssuedX509Svid } from '../ca/certificate-authority.ts';
import { ttlOrDefault } from './decide-issuance.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { mintTexts, refusalOf } from './refusal.ts';

/** What an operator asks for; the names are the CSR's own. */
export interface MintX509Request {
  /** Untrusted. */
  readonly csrDer: Uint8Array;
  /** 0 or less takes the default. */
  readonly ttl: Seconds;
  /** Who asks, for the ledger. */
  readonly actor: string;
}

/**
 * Mints an X.509-SVID without an entry.
 *
 * Key, URI SAN, DNS SANs and subject are the CSR's; everything else is the server's.
 *
 * @throws {CsrError} `ERR_CSR_*`, `ERR_KEY_*` the CSR is refused, in SPIRE's words.
 * @throws {AuthorityError} `ERR_SIGNING_*`, `ERR_AUTHORITY_*` nothing could be signed.
 * @spec SPIRE SVID API, MintX509SVID
 */
export async function mintX509Svid(request: MintX509Request, deps: IssuanceDeps): Promise<IssuedX509Svid> {
  if (request.csrDer.length === 0) throw new CsrError('ERR_CSR_MISSING', 'missing CSR');
  const ttl = ttlOrDefault(request.ttl, deps.settings.defaultX509SvidTtl);
  const { csrDer, actor } = request;
  const outcome = await deps.authority.signX509Svid({
    csrDer,
    names: 'csr',
    ttl,
    origin: { by: 'mint', actor },
  });
  if (!outcome.ok) throw refusalOf(outcome.fault, mintTexts);
  return outcome.svid;
}
