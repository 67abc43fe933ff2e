// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { WITSVIDInput as _spire_api_types_WITSVIDInput, WITSVIDOutput as _spire_api_types_WITSVIDOutput } from '../../../../../spire/api/types/WITSVID.ts';

export interface MintWITSVIDResponseInput {
  'svid'?: (_spire_api_types_WITSVIDInput | null);
}

export interface MintWITSVIDResponseOutput {
  'svid': (_spire_api_types_WITSVIDOutput | null);
}
