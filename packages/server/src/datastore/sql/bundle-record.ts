import { parseTrustDomain, type Bundle } from '@signet/core';

/** A whole bundle as plain data. */
export interface BundleRecord extends Omit<Bundle, 'trustDomain'> {
  readonly trustDomain: string;
}

/** Authorities of either kind. */
export type AuthorityRecords = Pick<Bundle, 'x509Authorities' | 'jwtAuthorities'>;

/** Which parts an update replaces. */
export interface BundlePartMask {
  readonly x509Authorities: boolean;
  readonly jwtAuthorities: boolean;
  readonly refreshHint: boolean;
  readonly sequenceNumber: boolean;
}

/** The record as the value that core's rules work on. */
export function bundleOf(record: BundleRecord): Bundle {
  return { ...record, trustDomain: parseTrustDomain(record.trustDomain) };
}

/** The value as a record. */
export function recordOf(bundle: Bundle): BundleRecord {
  return { ...bundle, trustDomain: bundle.trustDomain.name };
}

/** The bundle with the flagged parts of another. */
export function maskedUpdate(bundle: BundleRecord, other: BundleRecord, mask: BundlePartMask): BundleRecord {
  return {
    trustDomain: bundle.trustDomain,
    x509Authorities: (mask.x509Authorities ? other : bundle).x509Authorities,
    jwtAuthorities: (mask.jwtAuthorities ? other : bundle).jwtAuthorities,
    refreshHint: (mask.refreshHint ? other : bundle).refreshHint,
    sequenceNumber: (mask.sequenceNumber ? other : bundle).sequenceNumber,
  };
}
