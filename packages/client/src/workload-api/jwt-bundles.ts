import type { WorkloadJWTBundlesResponseOutput } from '@signet/api';
import {
  JwtBundle,
  type JwtBundleSource,
  parseJwtBundleJwks,
  parseTrustDomain,
  type TrustDomain,
} from '@signet/core';
import { WorkloadApiError } from '../errors.ts';

/** JWT bundles by trust domain. */
export class JwtBundles implements JwtBundleSource {
  readonly #byName: ReadonlyMap<string, JwtBundle>;

  constructor(bundles: Iterable<JwtBundle>) {
    this.#byName = new Map(Array.from(bundles, (bundle) => [bundle.trustDomain.name, bundle]));
  }

  jwtBundle(trustDomain: TrustDomain): JwtBundle | undefined {
    return this.#byName.get(trustDomain.name);
  }

  [Symbol.iterator](): Iterator<JwtBundle> {
    return this.#byName.values();
  }
}

/** Reads a message of FetchJWTBundles. @spec WAPI-31 */
export function jwtBundlesOf(wire: WorkloadJWTBundlesResponseOutput): JwtBundles {
  const bundles = Object.entries(wire.bundles).map(([id, jwks]) =>
    parseJwtBundleJwks(parseTrustDomain(id), jwks.toString('utf8')),
  );
  if (bundles.length === 0)
    throw new WorkloadApiError('ERR_BUNDLE_DOCUMENT', 'Workload API: answer without a bundle');
  return new JwtBundles(bundles);
}
