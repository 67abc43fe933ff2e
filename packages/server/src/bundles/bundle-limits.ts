import { type Bundle, BundleError } from '@signet/core';
import { type BundleAuthorities } from '../datastore/bundle-store.ts';

/** Authorities of a bundle, both kinds together: what readers of bundle documents take. */
export const MAX_BUNDLE_AUTHORITIES = 1024;
/** Longest key ID, bytes. */
const MAX_KEY_ID_BYTES = 1024;
/** Longest public key, bytes; one of RSA with 8,192 bits takes 1,062. */
const MAX_PUBLIC_KEY_BYTES = 4096;

/** Worth asking before they are read, which costs. @throws {BundleError} `ERR_INVALID_ARGUMENT` */
export function requireFewAuthorities(...kinds: readonly (readonly unknown[])[]): void {
  const count = kinds.reduce((sum, { length }) => sum + length, 0);
  if (count <= MAX_BUNDLE_AUTHORITIES) return;
  throw invalid(`bundle has ${count} authorities, at most ${MAX_BUNDLE_AUTHORITIES} are allowed`);
}

/**
 * Refuses authorities that would make a bundle too large for those who fetch it, or that cannot be stored.
 *
 * @throws {BundleError} `ERR_INVALID_ARGUMENT`
 */
export function requireAuthoritiesWithinLimits(authorities: BundleAuthorities): void {
  const { x509Authorities, jwtAuthorities } = authorities;
  requireFewAuthorities(x509Authorities, jwtAuthorities);
  for (const { keyId, spkiDer, expiresAt } of jwtAuthorities) {
    if (Buffer.byteLength(keyId) > MAX_KEY_ID_BYTES) throw invalid('key ID is too long');
    if (spkiDer.length > MAX_PUBLIC_KEY_BYTES) throw invalid('public key is too long');
    if (!Number.isSafeInteger(expiresAt)) throw invalid('expiry is out of range');
  }
}

/** The same for a whole bundle. @throws {BundleError} `ERR_INVALID_ARGUMENT` */
export function requireBundleWithinLimits(bundle: Bundle): void {
  requireAuthoritiesWithinLimits(bundle);
  if (!Number.isSafeInteger(bundle.refreshHint)) throw invalid('refresh hint is out of range');
}

function invalid(text: string): BundleError {
  return new BundleError('ERR_INVALID_ARGUMENT', text);
}
