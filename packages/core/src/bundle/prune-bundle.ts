import type { UnixSeconds } from '../time.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Bundle } from './bundle.ts';
import { type BundleChange, changedBundle, unchangedBundle } from './bundle-change.ts';

/**
 * The bundle without the authorities that expired before `expiredBefore`.
 *
 * The last X.509 authority and the last JWT authority always stay: of several that have all expired, the one that
 * expired last. A JWT authority without a known expiry never goes.
 *
 * @throws {X509Error} when an X.509 authority is no certificate.
 */
export function pruneBundle(bundle: Bundle, expiredBefore: UnixSeconds): BundleChange {
  const x509Authorities = keepUnexpired(
    bundle.x509Authorities,
    ({ der }) => parseCertificate(der).notAfter,
    expiredBefore,
  );
  const jwtAuthorities = keepUnexpired(
    bundle.jwtAuthorities,
    ({ expiresAt }) => (expiresAt === 0 ? Infinity : expiresAt),
    expiredBefore,
  );
  const isSame =
    x509Authorities.length === bundle.x509Authorities.length &&
    jwtAuthorities.length === bundle.jwtAuthorities.length;
  return isSame ? unchangedBundle(bundle) : changedBundle(bundle, { x509Authorities, jwtAuthorities });
}

function keepUnexpired<T>(
  authorities: readonly T[],
  expiryOf: (authority: T) => number,
  expiredBefore: UnixSeconds,
): readonly T[] {
  const latest = Math.max(...authorities.map(expiryOf));
  const kept = authorities.filter((authority) => expiryOf(authority) >= expiredBefore);
  return kept.length > 0
    ? kept
    : authorities.filter((authority) => expiryOf(authority) === latest).slice(0, 1);
}
