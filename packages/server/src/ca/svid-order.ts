import type { Seconds, SpiffeId, UnixSeconds } from '@signet/core';
import { BACKDATE_SECONDS, type X509Authority } from './authority.ts';
import { taskOf, type IssuanceOrigin } from './issuance-origin.ts';
import type { IssuedX509Credential } from './issued-credential.ts';
import type { LeafOrder, LeafOutcome, SigningFault } from './leaf-order.ts';

/**
 * Asks for one X.509-SVID.
 *
 * `names: 'csr'` takes ID, DNS names and subject from the CSR (an operator's mint); otherwise the CSR gives only the key.
 */
export interface X509SvidOrder {
  /** Untrusted. */
  readonly csrDer: Uint8Array;
  readonly names: LeafOrder['names'];
  readonly ttl: Seconds;
  /** Expires at this moment at the latest, however long signing takes. */
  readonly expiresBy?: UnixSeconds;
  readonly origin: IssuanceOrigin;
}

/** A signed X.509-SVID as it goes on the wire. */
export interface IssuedX509Svid {
  readonly spiffeId: SpiffeId;
  /** Leaf first, without the root. */
  readonly chainDer: readonly Uint8Array[];
  /** Lower-case hex without leading zero octets. */
  readonly serialHex: string;
  readonly notBefore: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly authorityId: string;
}

/** Outcome of one order; a refused order is a value, not a throw. */
export type SigningOutcome =
  { readonly ok: true; readonly svid: IssuedX509Svid } | { readonly ok: false; readonly fault: SigningFault };

export interface JwtSvidOrder {
  readonly spiffeId: SpiffeId;
  /** Not empty, without empty strings. */
  readonly audience: readonly string[];
  readonly ttl: Seconds;
  /** Expires at this moment at the latest, however long signing takes. */
  readonly expiresBy?: UnixSeconds;
  /** base64url of 16 UUID bytes; without it the token cannot be revoked by itself. */
  readonly jti?: string;
  readonly origin: IssuanceOrigin;
}

/** A signed JWT-SVID as it goes on the wire. */
export interface IssuedJwtSvid {
  readonly spiffeId: SpiffeId;
  readonly token: string;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly authorityId: string;
}

/** Valid from 10 s ago until the TTL is over, never outside the authority's own validity. */
export function leafOrderOf(
  { csrDer, names, ttl, expiresBy = Infinity, origin }: X509SvidOrder,
  { certificate }: X509Authority,
  now: UnixSeconds,
): LeafOrder {
  const notBefore = Math.max(now - BACKDATE_SECONDS, certificate.notBefore);
  const notAfter = Math.min(now + ttl, certificate.notAfter, expiresBy);
  const taskId = taskOf(origin);
  return { csrDer, names, notBefore, notAfter, ...(taskId !== undefined && { taskId }) };
}

/** A signer's outcome as it goes on. */
export function signingOutcome(
  outcome: LeafOutcome,
  order: LeafOrder | undefined,
  { authorityId }: X509Authority,
): SigningOutcome {
  if (!outcome.ok) return outcome;
  if (order === undefined) throw new TypeError('the signer answered more orders than it was given');
  const { spiffeId, der, serial } = outcome;
  const serialHex = Buffer.from(serial)
    .toString('hex')
    .replace(/^(00)+/, '');
  return {
    ok: true,
    svid: {
      spiffeId,
      chainDer: [der],
      serialHex,
      notBefore: order.notBefore,
      expiresAt: order.notAfter,
      authorityId,
    },
  };
}

/** What the issued hook is told. */
export function credentialOf(
  { spiffeId, authorityId, serialHex, expiresAt, chainDer }: IssuedX509Svid,
  { origin }: X509SvidOrder,
  issuedAt: UnixSeconds,
): IssuedX509Credential {
  return {
    kind: 'x509',
    spiffeId,
    authorityId,
    serialHex,
    issuedAt,
    expiresAt,
    certificateDer: chainDer[0] ?? new Uint8Array(),
    origin,
  };
}
