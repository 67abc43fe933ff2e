// Original file: proto/envoy/service/discovery/v3/discovery.proto

import type { NodeInput as _envoy_config_core_v3_NodeInput, NodeOutput as _envoy_config_core_v3_NodeOutput } from '../../../../envoy/config/core/v3/Node.ts';
import type { StatusInput as _google_rpc_StatusInput, StatusOutput as _google_rpc_StatusOutput } from '../../../../google/rpc/Status.ts';

export interface DiscoveryRequestInput {
  'version_info'?: (string);
  'node'?: (_envoy_config_core_v3_NodeInput | null);
  'resource_names'?: (string)[];
  'type_url'?: (string);
  'response_nonce'?: (string);
  'error_detail'?: (_google_rpc_StatusInput | null);
}

export interface DiscoveryRequestOutput {
  'version_info': (string);
  'node': (_envoy_config_core_v3_NodeOutput | null);
  'resource_names': (string)[];
  'type_url': (string);
  'response_nonce': (string);
  'error_detail': (_google_rpc_StatusOutput | null);
}
