import { BundleError } from '../errors.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Bundle, BundleJwtAuthority, BundleX509Authority } from './bundle.ts';
import { type BundleChange, changedBundle } from './bundle-change.ts';

/**
 * The bundle with one X.509 authority marked, so that all that was signed under it gets replaced.
 *
 * @param subjectKeyId - its subject key identifier in hex, either case.
 * @throws {BundleError} `ERR_BUNDLE_AUTHORITY_NOT_FOUND`, `ERR_BUNDLE_ALREADY_TAINTED`.
 */
export function taintX509Authority(bundle: Bundle, subjectKeyId: string): BundleChange {
  const found = findX509Authority(bundle, subjectKeyId);
  if (found.tainted) throw new BundleError('ERR_BUNDLE_ALREADY_TAINTED', 'root CA is already tainted');
  const x509Authorities = replace(bundle.x509Authorities, found, { ...found, tainted: true });
  return changedBundle(bundle, { x509Authorities });
}

/**
 * The bundle without one tainted X.509 authority.
 *
 * @param subjectKeyId - its subject key identifier in hex, either case.
 * @throws {BundleError} `ERR_BUNDLE_AUTHORITY_NOT_FOUND`, `ERR_BUNDLE_NOT_TAINTED`.
 */
export function revokeX509Authority(bundle: Bundle, subjectKeyId: string): BundleChange {
  const found = findX509Authority(bundle, subjectKeyId);
  if (!found.tainted) {
    throw new BundleError('ERR_BUNDLE_NOT_TAINTED', 'it is not possible to revoke an untainted root CA');
  }
  return changedBundle(bundle, { x509Authorities: bundle.x509Authorities.filter((a) => a !== found) });
}

/**
 * The bundle with one JWT authority marked, so that tokens of its key get replaced.
 *
 * @throws {BundleError} `ERR_BUNDLE_AUTHORITY_NOT_FOUND`, `ERR_BUNDLE_ALREADY_TAINTED`.
 */
export function taintJwtAuthority(bundle: Bundle, keyId: string): BundleChange {
  const found = findJwtAuthority(bundle, keyId);
  if (found.tainted) throw new BundleError('ERR_BUNDLE_ALREADY_TAINTED', 'JWT key is already tainted');
  const jwtAuthorities = replace(bundle.jwtAuthorities, found, { ...found, tainted: true });
  return changedBundle(bundle, { jwtAuthorities });
}

/**
 * The bundle without one tainted JWT authority.
 *
 * @throws {BundleError} `ERR_BUNDLE_AUTHORITY_NOT_FOUND`, `ERR_BUNDLE_NOT_TAINTED`.
 */
export function revokeJwtAuthority(bundle: Bundle, keyId: string): BundleChange {
  const found = findJwtAuthority(bundle, keyId);
  if (!found.tainted) {
    throw new BundleError('ERR_BUNDLE_NOT_TAINTED', 'it is not possible to revoke an untainted JWT key');
  }
  return changedBundle(bundle, { jwtAuthorities: bundle.jwtAuthorities.filter((a) => a !== found) });
}

function findX509Authority(bundle: Bundle, subjectKeyId: string): BundleX509Authority {
  const wanted = Buffer.from(subjectKeyId, 'hex');
  const found = bundle.x509Authorities.find(({ der }) => {
    const held = parseCertificate(der).subjectKeyId;
    return held !== undefined && wanted.length > 0 && wanted.equals(held);
  });
  if (found !== undefined) return found;
  throw new BundleError('ERR_BUNDLE_AUTHORITY_NOT_FOUND', 'no root CA found with the subject key ID');
}

function findJwtAuthority(bundle: Bundle, keyId: string): BundleJwtAuthority {
  const found = bundle.jwtAuthorities.find((authority) => authority.keyId === keyId);
  if (found !== undefined) return found;
  throw new BundleError('ERR_BUNDLE_AUTHORITY_NOT_FOUND', 'no JWT key found with the key ID');
}

function replace<T>(items: readonly T[], old: T, replacement: T): readonly T[] {
  return items.map((item) => (item === old ? replacement : item));
}
