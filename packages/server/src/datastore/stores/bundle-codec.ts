import type { Bundle } from '@signet/core';
import type { BundleAuthorities } from '../bundle-store.ts';
import { recordOf, type AuthorityRecords, type BundleRecord } from '../sql/bundle-record.ts';

export { bundleOf as decodeBundle } from '../sql/bundle-record.ts';

/** The bundle as plain data. */
export function encodeBundle(bundle: Bundle): BundleRecord {
  return { ...recordOf(bundle), ...encodeAuthorities(bundle) };
}

/** Authorities as plain data. Bytes are copied: posting a view would send the whole buffer under it. */
export function encodeAuthorities(authorities: BundleAuthorities): AuthorityRecords {
  return {
    x509Authorities: authorities.x509Authorities.map(({ der, tainted }) => ({
      der: new Uint8Array(der),
      tainted,
    })),
    jwtAuthorities: authorities.jwtAuthorities.map(({ keyId, spkiDer, expiresAt, tainted }) => ({
      keyId,
      spkiDer: new Uint8Array(spkiDer),
      expiresAt,
      tainted,
    })),
  };
}
