// Original file: proto/spire/api/agent/delegatedidentity/v1/delegatedidentity.proto

import type { JWTSVIDInput as _spire_api_types_JWTSVIDInput, JWTSVIDOutput as _spire_api_types_JWTSVIDOutput } from '../../../../../spire/api/types/JWTSVID.ts';

export interface FetchJWTSVIDsResponseInput {
  'svids'?: (_spire_api_types_JWTSVIDInput)[];
}

export interface FetchJWTSVIDsResponseOutput {
  'svids': (_spire_api_types_JWTSVIDOutput)[];
}
