// Original file: proto/envoy/service/discovery/v3/discovery.proto

import type { AnyInput as _google_protobuf_AnyInput, AnyOutput as _google_protobuf_AnyOutput } from '../../../../google/protobuf/Any.ts';

export interface DiscoveryResponseInput {
  'version_info'?: (string);
  'resources'?: (_google_protobuf_AnyInput)[];
  'type_url'?: (string);
  'nonce'?: (string);
}

export interface DiscoveryResponseOutput {
  'version_info': (string);
  'resources': (_google_protobuf_AnyOutput)[];
  'type_url': (string);
  'nonce': (string);
}
