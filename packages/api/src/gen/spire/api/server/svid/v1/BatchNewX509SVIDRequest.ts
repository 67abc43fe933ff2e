// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { NewX509SVIDParamsInput as _spire_api_server_svid_v1_NewX509SVIDParamsInput, NewX509SVIDParamsOutput as _spire_api_server_svid_v1_NewX509SVIDParamsOutput } from '../../../../../spire/api/server/svid/v1/NewX509SVIDParams.ts';

export interface BatchNewX509SVIDRequestInput {
  'params'?: (_spire_api_server_svid_v1_NewX509SVIDParamsInput)[];
}

export interface BatchNewX509SVIDRequestOutput {
  'params': (_spire_api_server_svid_v1_NewX509SVIDParamsOutput)[];
}
