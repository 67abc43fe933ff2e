// Original file: proto/signet/types/v1/revocation.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Everything issued to a SPIFFE ID, or to those below it, up to a moment.
 */
export interface SubjectTargetInput {
  /**
   * With is_prefix a path prefix: spiffe://example.org/a covers /a and /a/b, not /ab; spiffe://example.org covers all.
   */
  'spiffe_id'?: (string);
  'is_prefix'?: (boolean);
  /**
   * Issued at this moment or earlier, seconds since the epoch.
   */
  'issued_until'?: (number | string | Long);
}

/**
 * Everything issued to a SPIFFE ID, or to those below it, up to a moment.
 */
export interface SubjectTargetOutput {
  /**
   * With is_prefix a path prefix: spiffe://example.org/a covers /a and /a/b, not /ab; spiffe://example.org covers all.
   */
  'spiffe_id': (string);
  'is_prefix': (boolean);
  /**
   * Issued at this moment or earlier, seconds since the epoch.
   */
  'issued_until': (string);
}
