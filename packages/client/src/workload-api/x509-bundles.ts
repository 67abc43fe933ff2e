import type { WorkloadX509BundlesResponseOutput } from '@signet/api';
import {
  parseCertificateSequence,
  parseTrustDomain,
  type TrustDomain,
  X509Bundle,
  X509BundleSet,
} from '@signet/core';
import { WorkloadApiError } from '../errors.ts';

/** Reads concatenated DER certificates as the bundle of a trust domain. */
export function x509BundleFromDer(trustDomain: TrustDomain, der: Uint8Array): X509Bundle {
  return new X509Bundle(trustDomain, parseCertificateSequence(der));
}

/** Reads a map from trust domain ID to concatenated DER certificates. @spec WAPI-19 */
export function* x509BundlesFromMap(map: Readonly<Record<string, Uint8Array>>): Generator<X509Bundle> {
  for (const [id, der] of Object.entries(map)) yield x509BundleFromDer(parseTrustDomain(id), der);
}

/** Reads a message of FetchX509Bundles. @throws {WorkloadApiError} when it lacks what is mandatory. */
export function x509BundlesOf(wire: WorkloadX509BundlesResponseOutput): X509BundleSet {
  const bundles = [...x509BundlesFromMap(wire.bundles)];
  if (bundles.length === 0)
    throw new WorkloadApiError('ERR_BUNDLE_DOCUMENT', 'Workload API: answer without a bundle');
  return new X509BundleSet(bundles);
}
