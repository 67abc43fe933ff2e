// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';
import type { BundleInput as _spire_api_types_BundleInput, BundleOutput as _spire_api_types_BundleOutput } from '../../../../../spire/api/types/Bundle.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'bundle'?: (_spire_api_types_BundleInput | null);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'bundle': (_spire_api_types_BundleOutput | null);
}

export interface BatchUpdateFederatedBundleResponseInput {
  'results'?: (_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponse_ResultInput)[];
}

export interface BatchUpdateFederatedBundleResponseOutput {
  'results': (_spire_api_server_bundle_v1_BatchUpdateFederatedBundleResponse_ResultOutput)[];
}
