// Original file: proto/envoy/config/core/v3/core.proto

import type { SemanticVersionInput as _envoy_type_v3_SemanticVersionInput, SemanticVersionOutput as _envoy_type_v3_SemanticVersionOutput } from '../../../../envoy/type/v3/SemanticVersion.ts';
import type { StructInput as _google_protobuf_StructInput, StructOutput as _google_protobuf_StructOutput } from '../../../../google/protobuf/Struct.ts';

/**
 * The version of the proxy.
 */
export interface BuildVersionInput {
  'version'?: (_envoy_type_v3_SemanticVersionInput | null);
  'metadata'?: (_google_protobuf_StructInput | null);
}

/**
 * The version of the proxy.
 */
export interface BuildVersionOutput {
  'version': (_envoy_type_v3_SemanticVersionOutput | null);
  'metadata': (_google_protobuf_StructOutput | null);
}
