// Original file: proto/signet/server/revocation/v1/revocation.proto

import type { RecordedRevocationInput as _signet_server_revocation_v1_RecordedRevocationInput, RecordedRevocationOutput as _signet_server_revocation_v1_RecordedRevocationOutput } from '../../../../signet/server/revocation/v1/RecordedRevocation.ts';
import type { Long } from '@grpc/proto-loader';

export interface ListRevocationsResponseInput {
  'revocations'?: (_signet_server_revocation_v1_RecordedRevocationInput)[];
  /**
   * Goes on here; 0: these were the last.
   */
  'next_after'?: (number | string | Long);
}

export interface ListRevocationsResponseOutput {
  'revocations': (_signet_server_revocation_v1_RecordedRevocationOutput)[];
  /**
   * Goes on here; 0: these were the last.
   */
  'next_after': (string);
}
