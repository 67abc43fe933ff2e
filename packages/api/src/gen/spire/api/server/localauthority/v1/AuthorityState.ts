// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One signing authority.
 */
export interface AuthorityStateInput {
  'authority_id'?: (string);
  /**
   * Unix seconds.
   */
  'expires_at'?: (number | string | Long);
  'upstream_authority_subject_key_id'?: (string);
}

/**
 * One signing authority.
 */
export interface AuthorityStateOutput {
  'authority_id': (string);
  /**
   * Unix seconds.
   */
  'expires_at': (string);
  'upstream_authority_subject_key_id': (string);
}
