import type { WorkloadX509BundlesResponseOutput } from '@signet/api';
import { parseCertificateSequence, parseTrustDomain, X509Bundle, X509BundleSet } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';
import { type Report, usable } from './usable.ts';

/**
 * Reads a map from trust domain ID to concatenated DER certificates. What cannot be read is reported and left out, so
 * that a bad bundle costs its own trust domain and no other; an empty one leaves its trust domain without authorities.
 *
 * @spec WAPI-19, X509-34
 */
export function x509BundlesFromMap(
  map: Readonly<Record<string, Uint8Array>>,
  report: Report,
): readonly X509Bundle[] {
  return usable(Object.entries(map), report, ([id, der]) => {
    const authorities = der.length === 0 ? [] : parseCertificateSequence(der);
    return new X509Bundle(parseTrustDomain(id), authorities);
  });
}

/** Reads a message of FetchX509Bundles. @throws {WorkloadApiError} when it has no bundle. */
export function x509BundlesOf(wire: WorkloadX509BundlesResponseOutput, report: Report): X509BundleSet {
  const bundles = x509BundlesFromMap(wire.bundles, report);
  if (bundles.length > 0) return new X509BundleSet(bundles);
  throw new WorkloadApiError('ERR_BUNDLE_DOCUMENT', 'Workload API: answer without a bundle');
}
