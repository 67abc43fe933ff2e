// Original file: proto/signet/agent/v1/agent.proto

import type { X509SVIDInput as _spire_api_types_X509SVIDInput, X509SVIDOutput as _spire_api_types_X509SVIDOutput } from '../../../spire/api/types/X509SVID.ts';

export interface NewTaskX509SVIDResponseInput {
  'svid'?: (_spire_api_types_X509SVIDInput | null);
}

export interface NewTaskX509SVIDResponseOutput {
  'svid': (_spire_api_types_X509SVIDOutput | null);
}
