// Original file: proto/signet/agent/v1/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface ConnectRequestInput {
  /**
   * In the first message: where to go on. 0 is the beginning.
   */
  'after_change'?: (number | string | Long);
  /**
   * Of the first message: the newest revocation that the agent holds.
   */
  'after_revocation'?: (number | string | Long);
  /**
   * Of the first message: the datastore that both sequences are of; another one starts over.
   */
  'datastore_id'?: (string);
}

export interface ConnectRequestOutput {
  /**
   * In the first message: where to go on. 0 is the beginning.
   */
  'after_change': (string);
  /**
   * Of the first message: the newest revocation that the agent holds.
   */
  'after_revocation': (string);
  /**
   * Of the first message: the datastore that both sequences are of; another one starts over.
   */
  'datastore_id': (string);
}
