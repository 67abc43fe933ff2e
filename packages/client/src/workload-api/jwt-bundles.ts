import type { WorkloadJWTBundlesResponseOutput } from '@signet/api';
import { JwtBundleSet, parseJwtBundleJwks, parseTrustDomain } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';

/** Reads a message of FetchJWTBundles. @spec WAPI-31 */
export function jwtBundlesOf(wire: WorkloadJWTBundlesResponseOutput): JwtBundleSet {
  const bundles = Object.entries(wire.bundles).map(([id, jwks]) =>
    parseJwtBundleJwks(parseTrustDomain(id), jwks.toString('utf8')),
  );
  if (bundles.length === 0)
    throw new WorkloadApiError('ERR_BUNDLE_DOCUMENT', 'Workload API: answer without a bundle');
  return new JwtBundleSet(bundles);
}
