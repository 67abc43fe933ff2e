// Original file: proto/spire/api/types/bundle.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A WIT signing key of a bundle, its public half.
 */
export interface WITKeyInput {
  /**
   * PKIX, DER.
   */
  'public_key'?: (Buffer | Uint8Array | string);
  'key_id'?: (string);
  /**
   * Unix seconds.
   */
  'expires_at'?: (number | string | Long);
  /**
   * What this authority signed is to be replaced.
   */
  'tainted'?: (boolean);
}

/**
 * A WIT signing key of a bundle, its public half.
 */
export interface WITKeyOutput {
  /**
   * PKIX, DER.
   */
  'public_key': (Buffer);
  'key_id': (string);
  /**
   * Unix seconds.
   */
  'expires_at': (string);
  /**
   * What this authority signed is to be replaced.
   */
  'tainted': (boolean);
}
