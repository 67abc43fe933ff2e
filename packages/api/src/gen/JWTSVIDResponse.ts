// Original file: proto/spiffe/workload/workload.proto

import type { JWTSVIDInput as _JWTSVIDInput, JWTSVIDOutput as _JWTSVIDOutput } from './JWTSVID.ts';

export interface JWTSVIDResponseInput {
  'svids'?: (_JWTSVIDInput)[];
}

export interface JWTSVIDResponseOutput {
  'svids': (_JWTSVIDOutput)[];
}
