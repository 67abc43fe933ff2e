// Original file: proto/signet/agent/v1/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface GetStatusDocumentsResponseInput {
  /**
   * One per authority that still has valid SVIDs, DER.
   */
  'crls'?: (Buffer | Uint8Array | string)[];
  /**
   * Signed status list tokens.
   */
  'status_lists'?: (string)[];
  /**
   * Newest revocation that they take into account.
   */
  'revocation'?: (number | string | Long);
}

export interface GetStatusDocumentsResponseOutput {
  /**
   * One per authority that still has valid SVIDs, DER.
   */
  'crls': (Buffer)[];
  /**
   * Signed status list tokens.
   */
  'status_lists': (string)[];
  /**
   * Newest revocation that they take into account.
   */
  'revocation': (string);
}
