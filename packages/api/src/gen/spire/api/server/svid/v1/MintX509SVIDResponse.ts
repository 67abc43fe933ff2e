// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { X509SVIDInput as _spire_api_types_X509SVIDInput, X509SVIDOutput as _spire_api_types_X509SVIDOutput } from '../../../../../spire/api/types/X509SVID.ts';

export interface MintX509SVIDResponseInput {
  'svid'?: (_spire_api_types_X509SVIDInput | null);
}

export interface MintX509SVIDResponseOutput {
  'svid': (_spire_api_types_X509SVIDOutput | null);
}
