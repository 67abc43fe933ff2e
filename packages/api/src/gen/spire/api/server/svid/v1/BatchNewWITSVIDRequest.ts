// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { NewWITSVIDParamsInput as _spire_api_server_svid_v1_NewWITSVIDParamsInput, NewWITSVIDParamsOutput as _spire_api_server_svid_v1_NewWITSVIDParamsOutput } from '../../../../../spire/api/server/svid/v1/NewWITSVIDParams.ts';

export interface BatchNewWITSVIDRequestInput {
  'params'?: (_spire_api_server_svid_v1_NewWITSVIDParamsInput)[];
}

export interface BatchNewWITSVIDRequestOutput {
  'params': (_spire_api_server_svid_v1_NewWITSVIDParamsOutput)[];
}
