// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { BundleMaskInput as _spire_api_types_BundleMaskInput, BundleMaskOutput as _spire_api_types_BundleMaskOutput } from '../../../../../spire/api/types/BundleMask.ts';

export interface GetFederatedBundleRequestInput {
  'trust_domain'?: (string);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_BundleMaskInput | null);
}

export interface GetFederatedBundleRequestOutput {
  'trust_domain': (string);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_BundleMaskOutput | null);
}
