// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { JWTSVIDInput as _spire_api_types_JWTSVIDInput, JWTSVIDOutput as _spire_api_types_JWTSVIDOutput } from '../../../../../spire/api/types/JWTSVID.ts';

export interface NewJWTSVIDResponseInput {
  'svid'?: (_spire_api_types_JWTSVIDInput | null);
}

export interface NewJWTSVIDResponseOutput {
  'svid': (_spire_api_types_JWTSVIDOutput | null);
}
