import type { SpiffeId, UnixSeconds } from '@signet/core';
import type { IssuanceOrigin } from './issuance-origin.ts';

/** What is known of an X.509-SVID at the moment it leaves. */
export interface IssuedX509Credential {
  readonly kind: 'x509';
  readonly spiffeId: SpiffeId;
  readonly authorityId: string;
  /** Lower-case hex, without leading zero octets. */
  readonly serialHex: string;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly certificateDer: Uint8Array;
  readonly origin: IssuanceOrigin;
}

/** What is known of a JWT-SVID at the moment it leaves; the token itself is a secret and is not part of it. */
export interface IssuedJwtCredential {
  readonly kind: 'jwt';
  readonly spiffeId: SpiffeId;
  readonly authorityId: string;
  /** '' for a token without one. */
  readonly jti: string;
  readonly audience: readonly string[];
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly origin: IssuanceOrigin;
}

export type IssuedCredential = IssuedX509Credential | IssuedJwtCredential;

/**
 * Hears of every credential before its answer leaves.
 *
 * The one place where issuance can be recorded. When it throws or rejects, none of these credentials is handed out.
 */
export type IssuedHook = (credentials: readonly IssuedCredential[]) => void | Promise<void>;
