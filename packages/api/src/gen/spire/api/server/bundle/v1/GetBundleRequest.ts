// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { BundleMaskInput as _spire_api_types_BundleMaskInput, BundleMaskOutput as _spire_api_types_BundleMaskOutput } from '../../../../../spire/api/types/BundleMask.ts';

export interface GetBundleRequestInput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_BundleMaskInput | null);
}

export interface GetBundleRequestOutput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_BundleMaskOutput | null);
}
