// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'trust_domain'?: (string);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'trust_domain': (string);
}

export interface BatchDeleteFederatedBundleResponseInput {
  'results'?: (_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponse_ResultInput)[];
}

export interface BatchDeleteFederatedBundleResponseOutput {
  'results': (_spire_api_server_bundle_v1_BatchDeleteFederatedBundleResponse_ResultOutput)[];
}
