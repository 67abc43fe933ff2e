import { type Bundle, SignetError, type TrustDomain } from '@signet/core';
import { type BundleAuthorities, type BundleStore } from '../datastore/bundle-store.ts';
import { prefixingErrors } from '../error-text.ts';
import { MAX_BUNDLE_AUTHORITIES, requireAuthoritiesWithinLimits } from './bundle-limits.ts';
import { type CurrentBundles } from './current-bundles.ts';

/** A JWT authority as a bundle holds it. */
export type JwtAuthorityInBundle = Bundle['jwtAuthorities'][number];

/** The server's own bundle. @throws {SignetError} `ERR_NOT_FOUND` */
export async function getOwnBundle(
  trustDomain: TrustDomain,
  current: Pick<CurrentBundles, 'bundle' | 'settled'>,
): Promise<Bundle> {
  await current.settled();
  const bundle = current.bundle(trustDomain);
  if (bundle === undefined) throw new SignetError('ERR_NOT_FOUND', 'bundle not found');
  return bundle;
}

/**
 * Adds authorities to the own bundle; those that are there already are left as they are.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` nothing to append, or too much; `ERR_RESOURCE_EXHAUSTED` the bundle is full.
 * @spec spire-server-api §9 AppendBundle
 */
export async function appendToOwnBundle(
  trustDomain: TrustDomain,
  authorities: BundleAuthorities,
  store: Pick<BundleStore, 'append'>,
): Promise<Bundle> {
  if (authorities.x509Authorities.length + authorities.jwtAuthorities.length === 0) {
    throw new SignetError('ERR_INVALID_ARGUMENT', 'no authorities to append');
  }
  requireAuthoritiesWithinLimits(authorities);
  return prefixingErrors(
    'failed to append bundle',
    store.append(trustDomain, withoutTaints(authorities), MAX_BUNDLE_AUTHORITIES),
  );
}

/**
 * Adds a JWT authority of a downstream server to the own bundle.
 *
 * @returns all JWT authorities of the bundle.
 * @throws {SignetError} as {@link appendToOwnBundle}; a downstream server must not make the bundle too large to fetch.
 * @spec spire-server-api §9 PublishJWTAuthority
 */
export async function publishJwtAuthority(
  trustDomain: TrustDomain,
  authority: JwtAuthorityInBundle,
  store: Pick<BundleStore, 'append'>,
): Promise<readonly JwtAuthorityInBundle[]> {
  const authorities = withoutTaints({ x509Authorities: [], jwtAuthorities: [authority] });
  requireAuthoritiesWithinLimits(authorities);
  const appended = store.append(trustDomain, authorities, MAX_BUNDLE_AUTHORITIES);
  const bundle = await prefixingErrors('failed to publish JWT key', appended);
  return bundle.jwtAuthorities;
}

/** The authorities as if none was tainted: a request cannot say so. */
export function withoutTaints<Authorities extends BundleAuthorities>(authorities: Authorities): Authorities {
  return {
    ...authorities,
    x509Authorities: authorities.x509Authorities.map((authority) => ({ ...authority, tainted: false })),
    jwtAuthorities: authorities.jwtAuthorities.map((authority) => ({ ...authority, tainted: false })),
  };
}
