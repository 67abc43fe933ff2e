// Original file: proto/envoy/service/discovery/v3/discovery.proto


export interface DeltaDiscoveryResponseInput {
  'system_version_info'?: (string);
  'type_url'?: (string);
  'nonce'?: (string);
}

export interface DeltaDiscoveryResponseOutput {
  'system_version_info': (string);
  'type_url': (string);
  'nonce': (string);
}
