// Original file: proto/spire/api/types/jointoken.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A secret that admits one agent, once.
 */
export interface JoinTokenInput {
  'value'?: (string);
  /**
   * Unix seconds.
   */
  'expires_at'?: (number | string | Long);
}

/**
 * A secret that admits one agent, once.
 */
export interface JoinTokenOutput {
  'value': (string);
  /**
   * Unix seconds.
   */
  'expires_at': (string);
}
