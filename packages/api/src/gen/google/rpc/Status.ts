// Original file: proto/google/rpc/status.proto

import type { AnyInput as _google_protobuf_AnyInput, AnyOutput as _google_protobuf_AnyOutput } from '../../google/protobuf/Any.ts';

/**
 * A status with typed details.
 */
export interface StatusInput {
  'code'?: (number);
  'message'?: (string);
  'details'?: (_google_protobuf_AnyInput)[];
}

/**
 * A status with typed details.
 */
export interface StatusOutput {
  'code': (number);
  'message': (string);
  'details': (_google_protobuf_AnyOutput)[];
}
