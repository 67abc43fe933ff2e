// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';
import type { X509SVIDInput as _spire_api_types_X509SVIDInput, X509SVIDOutput as _spire_api_types_X509SVIDOutput } from '../../../../../spire/api/types/X509SVID.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_svid_v1_BatchNewX509SVIDResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'svid'?: (_spire_api_types_X509SVIDInput | null);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_svid_v1_BatchNewX509SVIDResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'svid': (_spire_api_types_X509SVIDOutput | null);
}

export interface BatchNewX509SVIDResponseInput {
  'results'?: (_spire_api_server_svid_v1_BatchNewX509SVIDResponse_ResultInput)[];
}

export interface BatchNewX509SVIDResponseOutput {
  'results': (_spire_api_server_svid_v1_BatchNewX509SVIDResponse_ResultOutput)[];
}
