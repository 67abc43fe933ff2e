import { createPublicKey, type KeyObject } from 'node:crypto';
import { BundleError } from '../errors.ts';
import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import { isJwtKey } from '../svid/jwt-algorithm.ts';
import type { Bundle, BundleJwtAuthority } from './bundle.ts';

/** A key that may sign JWT-SVIDs of a trust domain, ready to verify with. */
export interface JwtAuthority {
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** Where verifiers get the JWT bundle of a trust domain from. */
export interface JwtBundleSource {
  /** The trust domain's bundle; `undefined` when it is not trusted at all. */
  jwtBundle(trustDomain: TrustDomain): JwtBundle | undefined;
}

/** The JWT authorities of one trust domain, by key ID; a source of itself. */
export class JwtBundle implements JwtBundleSource {
  readonly trustDomain: TrustDomain;
  readonly authorities: ReadonlyMap<string, JwtAuthority>;

  constructor(trustDomain: TrustDomain, authorities: Iterable<JwtAuthority>) {
    this.trustDomain = trustDomain;
    this.authorities = new Map(Array.from(authorities, (authority) => [authority.keyId, authority]));
  }

  jwtBundle(trustDomain: TrustDomain): JwtBundle | undefined {
    return trustDomain.equals(this.trustDomain) ? this : undefined;
  }
}

/** The JWT part of a bundle; keys that no JWT-SVID can be verified with are left out. */
export function jwtBundleOf(bundle: Bundle): JwtBundle {
  return new JwtBundle(
    bundle.trustDomain,
    bundle.jwtAuthorities.map(usableAuthority).filter((a) => a !== undefined),
  );
}

function usableAuthority({ keyId, spkiDer }: BundleJwtAuthority): JwtAuthority | undefined {
  const publicKey = tryImport(spkiDer);
  return publicKey !== undefined && isJwtKey(publicKey) ? { keyId, publicKey } : undefined;
}

function tryImport(spkiDer: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spkiDer), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/**
 * Checks an authority on its way into a bundle.
 *
 * @throws {BundleError} `ERR_BUNDLE_KEY_ID` no key ID, `ERR_BUNDLE_JWK` no key that JWT-SVIDs can be verified with.
 */
export function validateJwtAuthority(authority: Pick<BundleJwtAuthority, 'keyId' | 'spkiDer'>): void {
  if (authority.keyId === '') throw new BundleError('ERR_BUNDLE_KEY_ID', 'missing key ID');
  if (usableAuthority({ ...authority, expiresAt: 0, tainted: false }) === undefined) {
    throw new BundleError(
      'ERR_BUNDLE_JWK',
      'public key must be RSA of at least 2048 bits or EC P-256, P-384 or P-521',
    );
  }
}
