// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { BundleInput as _spire_api_types_BundleInput, BundleOutput as _spire_api_types_BundleOutput } from '../../../../../spire/api/types/Bundle.ts';
import type { BundleMaskInput as _spire_api_types_BundleMaskInput, BundleMaskOutput as _spire_api_types_BundleMaskOutput } from '../../../../../spire/api/types/BundleMask.ts';

export interface BatchUpdateFederatedBundleRequestInput {
  'bundle'?: (_spire_api_types_BundleInput)[];
  /**
   * Which fields to take; absent means all.
   */
  'input_mask'?: (_spire_api_types_BundleMaskInput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_BundleMaskInput | null);
}

export interface BatchUpdateFederatedBundleRequestOutput {
  'bundle': (_spire_api_types_BundleOutput)[];
  /**
   * Which fields to take; absent means all.
   */
  'input_mask': (_spire_api_types_BundleMaskOutput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_BundleMaskOutput | null);
}
