import {
  workloadApiService,
  type WorkloadValidateJWTSVIDResponseInput,
  type WorkloadX509SVIDResponseInput,
} from '@signet/api';
import type { Bundle, RegistrationEntry, TrustDomain } from '@signet/core';
import type { X509SvidRecord } from '../sync/x509-svid-record.ts';
import { bundleBytes } from './bundle-bytes.ts';

/** One identity of a workload with its X.509-SVID. */
export interface IssuedEntry {
  readonly entry: RegistrationEntry;
  readonly svid: X509SvidRecord;
}

/**
 * An encoded X509SVIDResponse.
 *
 * @param issued - at least one, in the order in which the workload gets them.
 * @param federated - bundles of other trust domains.
 * @param crls - DER.
 */
export function encodeX509Svids(
  issued: readonly IssuedEntry[],
  own: Bundle,
  federated: readonly Bundle[],
  crls: readonly Uint8Array[],
): Buffer {
  const bundle = bundleBytes(own).x509;
  const message: WorkloadX509SVIDResponseInput = {
    svids: issued.map(({ entry, svid }) => ({
      spiffe_id: svid.spiffeId.uri,
      x509_svid: svid.chainDer,
      x509_svid_key: svid.keyPkcs8,
      bundle,
      hint: entry.hint,
    })),
    crl: crls as Buffer[],
    federated_bundles: byDomain(federated, (b) => bundleBytes(b).x509),
  };
  return workloadApiService.FetchX509SVID.responseSerialize(message);
}

/** An encoded X509BundlesResponse. */
export function encodeX509Bundles(bundles: readonly Bundle[], crls: readonly Uint8Array[]): Buffer {
  return workloadApiService.FetchX509Bundles.responseSerialize({
    crl: crls as Buffer[],
    bundles: byDomain(bundles, (bundle) => bundleBytes(bundle).x509),
  });
}

/** An encoded JWTBundlesResponse. */
export function encodeJwtBundles(bundles: readonly Bundle[]): Buffer {
  return workloadApiService.FetchJWTBundles.responseSerialize({
    bundles: byDomain(bundles, (bundle) => bundleBytes(bundle).jwt),
  });
}

/** An encoded ValidateJWTSVIDResponse. */
export function encodeValidated(response: WorkloadValidateJWTSVIDResponseInput): Buffer {
  return workloadApiService.ValidateJWTSVID.responseSerialize(response);
}

/** Keyed by `spiffe://name`, without a slash. Names cannot collide with members of Object: they hold `://`. */
function byDomain(bundles: readonly Bundle[], bytesOf: (bundle: Bundle) => Buffer): Record<string, Buffer> {
  return Object.fromEntries(bundles.map((bundle) => [bundle.trustDomain.idString, bytesOf(bundle)]));
}

/** The known bundles of the domains that the entries federate with, the own one aside, ordered by name. */
export function federatedBundles(
  entries: readonly RegistrationEntry[],
  bundles: ReadonlyMap<string, Bundle>,
  own: TrustDomain,
): readonly Bundle[] {
  const names = new Set(entries.flatMap((entry) => entry.federatesWith.map((domain) => domain.name)));
  names.delete(own.name);
  return [...names]
    .sort()
    .map((name) => bundles.get(name))
    .filter((bundle) => bundle !== undefined);
}
