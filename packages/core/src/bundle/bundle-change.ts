import type { Bundle } from './bundle.ts';

/** The outcome of a change to a bundle. */
export interface BundleChange {
  /** The very bundle given when nothing changed; else the new one, its sequence number one higher. */
  readonly bundle: Bundle;
  readonly changed: boolean;
}

/** What a change may replace. */
export type BundleAuthorities = Pick<Bundle, 'x509Authorities' | 'jwtAuthorities'>;

/** The outcome when nothing was to be done. */
export function unchangedBundle(bundle: Bundle): BundleChange {
  return { bundle, changed: false };
}

/** The bundle with other authorities and the next sequence number. */
export function changedBundle(bundle: Bundle, authorities: Partial<BundleAuthorities>): BundleChange {
  return { bundle: { ...bundle, ...authorities, sequenceNumber: bundle.sequenceNumber + 1n }, changed: true };
}
