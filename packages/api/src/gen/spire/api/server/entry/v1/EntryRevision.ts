// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Which revision of an entry is current.
 */
export interface EntryRevisionInput {
  'id'?: (string);
  'revision_number'?: (number | string | Long);
  /**
   * Unix seconds.
   */
  'created_at'?: (number | string | Long);
}

/**
 * Which revision of an entry is current.
 */
export interface EntryRevisionOutput {
  'id': (string);
  'revision_number': (string);
  /**
   * Unix seconds.
   */
  'created_at': (string);
}
