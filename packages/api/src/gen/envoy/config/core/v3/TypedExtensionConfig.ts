// Original file: proto/envoy/config/core/v3/core.proto

import type { AnyInput as _google_protobuf_AnyInput, AnyOutput as _google_protobuf_AnyOutput } from '../../../../google/protobuf/Any.ts';

/**
 * The configuration of a named extension.
 */
export interface TypedExtensionConfigInput {
  'name'?: (string);
  'typed_config'?: (_google_protobuf_AnyInput | null);
}

/**
 * The configuration of a named extension.
 */
export interface TypedExtensionConfigOutput {
  'name': (string);
  'typed_config': (_google_protobuf_AnyOutput | null);
}
