// Original file: proto/signet/server/revocation/v1/revocation.proto

import type { Long } from '@grpc/proto-loader';

export interface ListRevocationsRequestInput {
  'after'?: (number | string | Long);
  /**
   * At most 1000; 0: 1000.
   */
  'page_size'?: (number);
}

export interface ListRevocationsRequestOutput {
  'after': (string);
  /**
   * At most 1000; 0: 1000.
   */
  'page_size': (number);
}
