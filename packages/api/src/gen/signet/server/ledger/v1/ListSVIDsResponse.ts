// Original file: proto/signet/server/ledger/v1/ledger.proto

import type { IssuedSVIDInput as _signet_server_ledger_v1_IssuedSVIDInput, IssuedSVIDOutput as _signet_server_ledger_v1_IssuedSVIDOutput } from '../../../../signet/server/ledger/v1/IssuedSVID.ts';

export interface ListSVIDsResponseInput {
  'svids'?: (_signet_server_ledger_v1_IssuedSVIDInput)[];
  'next_page_token'?: (string);
}

export interface ListSVIDsResponseOutput {
  'svids': (_signet_server_ledger_v1_IssuedSVIDOutput)[];
  'next_page_token': (string);
}
