import type { WorkloadJWTBundlesResponseOutput } from '@signet/api';
import { JwtBundleSet, parseJwtBundleJwks, parseTrustDomain } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';
import { type Report, usable } from './usable.ts';

/**
 * Reads a message of FetchJWTBundles. A bundle that cannot be read is reported and left out.
 *
 * @throws {WorkloadApiError} when it has no bundle.
 * @spec WAPI-14, WAPI-31
 */
export function jwtBundlesOf(wire: WorkloadJWTBundlesResponseOutput, report: Report): JwtBundleSet {
  const bundles = usable(Object.entries(wire.bundles), report, ([id, jwks]) =>
    parseJwtBundleJwks(parseTrustDomain(id), jwks),
  );
  if (bundles.length > 0) return new JwtBundleSet(bundles);
  throw new WorkloadApiError('ERR_BUNDLE_DOCUMENT', 'Workload API: answer without a bundle');
}
