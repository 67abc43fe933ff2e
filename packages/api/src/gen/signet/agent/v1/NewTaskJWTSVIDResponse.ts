// Original file: proto/signet/agent/v1/agent.proto

import type { JWTSVIDInput as _spire_api_types_JWTSVIDInput, JWTSVIDOutput as _spire_api_types_JWTSVIDOutput } from '../../../spire/api/types/JWTSVID.ts';

export interface NewTaskJWTSVIDResponseInput {
  'svid'?: (_spire_api_types_JWTSVIDInput | null);
}

export interface NewTaskJWTSVIDResponseOutput {
  'svid': (_spire_api_types_JWTSVIDOutput | null);
}
