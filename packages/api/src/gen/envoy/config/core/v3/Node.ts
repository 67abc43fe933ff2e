// Original file: proto/envoy/config/core/v3/core.proto

import type { StructInput as _google_protobuf_StructInput, StructOutput as _google_protobuf_StructOutput } from '../../../../google/protobuf/Struct.ts';
import type { BuildVersionInput as _envoy_config_core_v3_BuildVersionInput, BuildVersionOutput as _envoy_config_core_v3_BuildVersionOutput } from '../../../../envoy/config/core/v3/BuildVersion.ts';

/**
 * The proxy that asks.
 */
export interface NodeInput {
  'id'?: (string);
  'cluster'?: (string);
  'metadata'?: (_google_protobuf_StructInput | null);
  'user_agent_name'?: (string);
  'user_agent_version'?: (string);
  'user_agent_build_version'?: (_envoy_config_core_v3_BuildVersionInput | null);
  'user_agent_version_type'?: "user_agent_version"|"user_agent_build_version";
}

/**
 * The proxy that asks.
 */
export interface NodeOutput {
  'id': (string);
  'cluster': (string);
  'metadata': (_google_protobuf_StructOutput | null);
  'user_agent_name': (string);
  'user_agent_version'?: (string);
  'user_agent_build_version'?: (_envoy_config_core_v3_BuildVersionOutput | null);
  'user_agent_version_type'?: "user_agent_version"|"user_agent_build_version";
}
