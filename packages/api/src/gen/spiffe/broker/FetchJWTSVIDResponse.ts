// Original file: proto/spiffe/broker/broker.proto

import type { JWTSVIDInput as _spiffe_broker_JWTSVIDInput, JWTSVIDOutput as _spiffe_broker_JWTSVIDOutput } from '../../spiffe/broker/JWTSVID.ts';

export interface FetchJWTSVIDResponseInput {
  'svids'?: (_spiffe_broker_JWTSVIDInput)[];
}

export interface FetchJWTSVIDResponseOutput {
  'svids': (_spiffe_broker_JWTSVIDOutput)[];
}
