// Original file: proto/envoy/service/discovery/v3/discovery.proto

import type { NodeInput as _envoy_config_core_v3_NodeInput, NodeOutput as _envoy_config_core_v3_NodeOutput } from '../../../../envoy/config/core/v3/Node.ts';

export interface DeltaDiscoveryRequestInput {
  'node'?: (_envoy_config_core_v3_NodeInput | null);
  'type_url'?: (string);
}

export interface DeltaDiscoveryRequestOutput {
  'node': (_envoy_config_core_v3_NodeOutput | null);
  'type_url': (string);
}
