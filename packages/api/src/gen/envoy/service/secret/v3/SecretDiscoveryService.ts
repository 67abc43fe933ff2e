// Original file: proto/envoy/service/secret/v3/sds.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { DeltaDiscoveryRequestInput as _envoy_service_discovery_v3_DeltaDiscoveryRequestInput, DeltaDiscoveryRequestOutput as _envoy_service_discovery_v3_DeltaDiscoveryRequestOutput } from '../../../../envoy/service/discovery/v3/DeltaDiscoveryRequest.ts';
import type { DeltaDiscoveryResponseInput as _envoy_service_discovery_v3_DeltaDiscoveryResponseInput, DeltaDiscoveryResponseOutput as _envoy_service_discovery_v3_DeltaDiscoveryResponseOutput } from '../../../../envoy/service/discovery/v3/DeltaDiscoveryResponse.ts';
import type { DiscoveryRequestInput as _envoy_service_discovery_v3_DiscoveryRequestInput, DiscoveryRequestOutput as _envoy_service_discovery_v3_DiscoveryRequestOutput } from '../../../../envoy/service/discovery/v3/DiscoveryRequest.ts';
import type { DiscoveryResponseInput as _envoy_service_discovery_v3_DiscoveryResponseInput, DiscoveryResponseOutput as _envoy_service_discovery_v3_DiscoveryResponseOutput } from '../../../../envoy/service/discovery/v3/DiscoveryResponse.ts';

/**
 * Secrets for a proxy, kept current.
 */
export interface SecretDiscoveryServiceClient extends grpc.Client {
  /**
   * Incremental secret discovery.
   */
  DeltaSecrets(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DeltaDiscoveryRequestInput, _envoy_service_discovery_v3_DeltaDiscoveryResponseOutput>;
  DeltaSecrets(options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DeltaDiscoveryRequestInput, _envoy_service_discovery_v3_DeltaDiscoveryResponseOutput>;
  /**
   * Incremental secret discovery.
   */
  deltaSecrets(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DeltaDiscoveryRequestInput, _envoy_service_discovery_v3_DeltaDiscoveryResponseOutput>;
  deltaSecrets(options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DeltaDiscoveryRequestInput, _envoy_service_discovery_v3_DeltaDiscoveryResponseOutput>;
  
  /**
   * One answer of secret discovery.
   */
  FetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  FetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  FetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  FetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  /**
   * One answer of secret discovery.
   */
  fetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  fetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  fetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  fetchSecrets(argument: _envoy_service_discovery_v3_DiscoveryRequestInput, callback: grpc.requestCallback<_envoy_service_discovery_v3_DiscoveryResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * State-of-the-world secret discovery.
   */
  StreamSecrets(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DiscoveryRequestInput, _envoy_service_discovery_v3_DiscoveryResponseOutput>;
  StreamSecrets(options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DiscoveryRequestInput, _envoy_service_discovery_v3_DiscoveryResponseOutput>;
  /**
   * State-of-the-world secret discovery.
   */
  streamSecrets(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DiscoveryRequestInput, _envoy_service_discovery_v3_DiscoveryResponseOutput>;
  streamSecrets(options?: grpc.CallOptions): grpc.ClientDuplexStream<_envoy_service_discovery_v3_DiscoveryRequestInput, _envoy_service_discovery_v3_DiscoveryResponseOutput>;
  
}

/**
 * Secrets for a proxy, kept current.
 */
export interface SecretDiscoveryServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Incremental secret discovery.
   */
  DeltaSecrets: grpc.handleBidiStreamingCall<_envoy_service_discovery_v3_DeltaDiscoveryRequestOutput, _envoy_service_discovery_v3_DeltaDiscoveryResponseInput>;
  
  /**
   * One answer of secret discovery.
   */
  FetchSecrets: grpc.handleUnaryCall<_envoy_service_discovery_v3_DiscoveryRequestOutput, _envoy_service_discovery_v3_DiscoveryResponseInput>;
  
  /**
   * State-of-the-world secret discovery.
   */
  StreamSecrets: grpc.handleBidiStreamingCall<_envoy_service_discovery_v3_DiscoveryRequestOutput, _envoy_service_discovery_v3_DiscoveryResponseInput>;
  
}

export interface SecretDiscoveryServiceDefinition extends grpc.ServiceDefinition {
  DeltaSecrets: MethodDefinition<_envoy_service_discovery_v3_DeltaDiscoveryRequestInput, _envoy_service_discovery_v3_DeltaDiscoveryResponseInput, _envoy_service_discovery_v3_DeltaDiscoveryRequestOutput, _envoy_service_discovery_v3_DeltaDiscoveryResponseOutput>
  FetchSecrets: MethodDefinition<_envoy_service_discovery_v3_DiscoveryRequestInput, _envoy_service_discovery_v3_DiscoveryResponseInput, _envoy_service_discovery_v3_DiscoveryRequestOutput, _envoy_service_discovery_v3_DiscoveryResponseOutput>
  StreamSecrets: MethodDefinition<_envoy_service_discovery_v3_DiscoveryRequestInput, _envoy_service_discovery_v3_DiscoveryResponseInput, _envoy_service_discovery_v3_DiscoveryRequestOutput, _envoy_service_discovery_v3_DiscoveryResponseOutput>
}
