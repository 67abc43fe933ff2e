// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { BundleMaskInput as _spire_api_types_BundleMaskInput, BundleMaskOutput as _spire_api_types_BundleMaskOutput } from '../../../../../spire/api/types/BundleMask.ts';

export interface ListFederatedBundlesRequestInput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_BundleMaskInput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size'?: (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token'?: (string);
}

export interface ListFederatedBundlesRequestOutput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_BundleMaskOutput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size': (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token': (string);
}
