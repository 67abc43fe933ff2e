// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';
import type { WITSVIDInput as _spire_api_types_WITSVIDInput, WITSVIDOutput as _spire_api_types_WITSVIDOutput } from '../../../../../spire/api/types/WITSVID.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_svid_v1_BatchNewWITSVIDResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'svid'?: (_spire_api_types_WITSVIDInput | null);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_svid_v1_BatchNewWITSVIDResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'svid': (_spire_api_types_WITSVIDOutput | null);
}

export interface BatchNewWITSVIDResponseInput {
  'results'?: (_spire_api_server_svid_v1_BatchNewWITSVIDResponse_ResultInput)[];
}

export interface BatchNewWITSVIDResponseOutput {
  'results': (_spire_api_server_svid_v1_BatchNewWITSVIDResponse_ResultOutput)[];
}
