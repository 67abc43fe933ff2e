import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import type { Seconds, UnixSeconds } from '../time.ts';

/** A root certificate of a bundle. */
export interface BundleX509Authority {
  /** One DER certificate. */
  readonly der: Uint8Array;
  /** Whether whatever was signed under it is to be replaced. */
  readonly tainted: boolean;
}

/** A JWT verification key of a bundle. */
export interface BundleJwtAuthority {
  readonly keyId: string;
  /** The public key as DER SubjectPublicKeyInfo. */
  readonly spkiDer: Uint8Array;
  /** 0: not known. */
  readonly expiresAt: UnixSeconds;
  readonly tainted: boolean;
}

/**
 * A SPIFFE bundle as stores and the API carry it: all that is trusted to speak for one trust domain.
 *
 * @spec SPIFFE Trust Domain and Bundle §3
 */
export interface Bundle {
  readonly trustDomain: TrustDomain;
  readonly x509Authorities: readonly BundleX509Authority[];
  readonly jwtAuthorities: readonly BundleJwtAuthority[];
  /** How often to ask for a newer one; 0: not said. */
  readonly refreshHint: Seconds;
  /** Rises with every change; 0: not said. At most 2^64−1. */
  readonly sequenceNumber: bigint;
}

/** A bundle of the trust domain that trusts nobody yet. */
export function emptyBundle(trustDomain: TrustDomain): Bundle {
  return { trustDomain, x509Authorities: [], jwtAuthorities: [], refreshHint: 0, sequenceNumber: 0n };
}
