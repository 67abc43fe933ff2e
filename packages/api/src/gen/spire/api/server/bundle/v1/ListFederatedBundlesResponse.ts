// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { BundleInput as _spire_api_types_BundleInput, BundleOutput as _spire_api_types_BundleOutput } from '../../../../../spire/api/types/Bundle.ts';

export interface ListFederatedBundlesResponseInput {
  'bundles'?: (_spire_api_types_BundleInput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token'?: (string);
}

export interface ListFederatedBundlesResponseOutput {
  'bundles': (_spire_api_types_BundleOutput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token': (string);
}
