import { BundleError } from '../errors.ts';
import type { Bundle, BundleJwtAuthority, BundleX509Authority } from './bundle.ts';
import { type BundleChange, changedBundle, unchangedBundle } from './bundle-change.ts';

/**
 * The bundle with the authorities added that it does not hold yet; nothing is removed or replaced.
 *
 * An X.509 authority is the same when its bytes are, a JWT authority when key ID and key are; taints and expiry of what
 * is already there stay as they are.
 *
 * @throws {BundleError} `ERR_BUNDLE_DUPLICATE_KEY_ID` the key ID belongs to another key.
 */
export function appendToBundle(
  bundle: Bundle,
  x509Authorities: readonly BundleX509Authority[],
  jwtAuthorities: readonly BundleJwtAuthority[],
): BundleChange {
  const x509 = newX509Authorities(bundle.x509Authorities, x509Authorities);
  const jwt = newJwtAuthorities(bundle.jwtAuthorities, jwtAuthorities);
  if (x509.length === 0 && jwt.length === 0) return unchangedBundle(bundle);
  return changedBundle(bundle, {
    x509Authorities: [...bundle.x509Authorities, ...x509],
    jwtAuthorities: [...bundle.jwtAuthorities, ...jwt],
  });
}

function newX509Authorities(
  held: readonly BundleX509Authority[],
  offered: readonly BundleX509Authority[],
): readonly BundleX509Authority[] {
  const seen = new Set(held.map(({ der }) => hexOf(der)));
  return offered.filter(({ der }) => {
    const hex = hexOf(der);
    return !seen.has(hex) && seen.add(hex);
  });
}

function newJwtAuthorities(
  held: readonly BundleJwtAuthority[],
  offered: readonly BundleJwtAuthority[],
): readonly BundleJwtAuthority[] {
  const keys = new Map(held.map(({ keyId, spkiDer }) => [keyId, hexOf(spkiDer)]));
  return offered.filter(({ keyId, spkiDer }) => {
    const hex = hexOf(spkiDer);
    const known = keys.get(keyId);
    if (known !== undefined && known !== hex) {
      throw new BundleError('ERR_BUNDLE_DUPLICATE_KEY_ID', 'key ID already belongs to another JWT authority');
    }
    keys.set(keyId, hex);
    return known === undefined;
  });
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
