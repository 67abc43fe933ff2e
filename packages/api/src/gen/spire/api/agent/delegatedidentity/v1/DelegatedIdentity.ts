// Original file: proto/spire/api/agent/delegatedidentity/v1/delegatedidentity.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FetchJWTSVIDsRequestInput as _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, FetchJWTSVIDsRequestOutput as _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/FetchJWTSVIDsRequest.ts';
import type { FetchJWTSVIDsResponseInput as _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseInput, FetchJWTSVIDsResponseOutput as _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/FetchJWTSVIDsResponse.ts';
import type { SubscribeToJWTBundlesRequestInput as _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestInput, SubscribeToJWTBundlesRequestOutput as _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/SubscribeToJWTBundlesRequest.ts';
import type { SubscribeToJWTBundlesResponseInput as _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseInput, SubscribeToJWTBundlesResponseOutput as _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/SubscribeToJWTBundlesResponse.ts';
import type { SubscribeToX509BundlesRequestInput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestInput, SubscribeToX509BundlesRequestOutput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/SubscribeToX509BundlesRequest.ts';
import type { SubscribeToX509BundlesResponseInput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseInput, SubscribeToX509BundlesResponseOutput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/SubscribeToX509BundlesResponse.ts';
import type { SubscribeToX509SVIDsRequestInput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestInput, SubscribeToX509SVIDsRequestOutput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/SubscribeToX509SVIDsRequest.ts';
import type { SubscribeToX509SVIDsResponseInput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseInput, SubscribeToX509SVIDsResponseOutput as _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseOutput } from '../../../../../spire/api/agent/delegatedidentity/v1/SubscribeToX509SVIDsResponse.ts';

/**
 * SVIDs and bundles for delegates that the agent's configuration names.
 */
export interface DelegatedIdentityClient extends grpc.Client {
  /**
   * JWT-SVIDs for the workload that the selectors or the pid name.
   */
  FetchJWTSVIDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVIDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVIDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVIDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  /**
   * JWT-SVIDs for the workload that the selectors or the pid name.
   */
  fetchJwtsviDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsviDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsviDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsviDs(argument: _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, callback: grpc.requestCallback<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * JWT bundles, and again on each change.
   */
  SubscribeToJWTBundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseOutput>;
  SubscribeToJWTBundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseOutput>;
  /**
   * JWT bundles, and again on each change.
   */
  subscribeToJwtBundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseOutput>;
  subscribeToJwtBundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseOutput>;
  
  /**
   * X.509 bundles, and again on each change.
   */
  SubscribeToX509Bundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseOutput>;
  SubscribeToX509Bundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseOutput>;
  /**
   * X.509 bundles, and again on each change.
   */
  subscribeToX509Bundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseOutput>;
  subscribeToX509Bundles(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseOutput>;
  
  /**
   * X.509-SVIDs with their keys for the workload that the selectors or the pid name, and again on each
   * change.
   */
  SubscribeToX509SVIDs(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseOutput>;
  SubscribeToX509SVIDs(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseOutput>;
  /**
   * X.509-SVIDs with their keys for the workload that the selectors or the pid name, and again on each
   * change.
   */
  subscribeToX509SviDs(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseOutput>;
  subscribeToX509SviDs(argument: _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseOutput>;
  
}

/**
 * SVIDs and bundles for delegates that the agent's configuration names.
 */
export interface DelegatedIdentityHandlers extends grpc.UntypedServiceImplementation {
  /**
   * JWT-SVIDs for the workload that the selectors or the pid name.
   */
  FetchJWTSVIDs: grpc.handleUnaryCall<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestOutput, _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseInput>;
  
  /**
   * JWT bundles, and again on each change.
   */
  SubscribeToJWTBundles: grpc.handleServerStreamingCall<_spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestOutput, _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseInput>;
  
  /**
   * X.509 bundles, and again on each change.
   */
  SubscribeToX509Bundles: grpc.handleServerStreamingCall<_spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestOutput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseInput>;
  
  /**
   * X.509-SVIDs with their keys for the workload that the selectors or the pid name, and again on each
   * change.
   */
  SubscribeToX509SVIDs: grpc.handleServerStreamingCall<_spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestOutput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseInput>;
  
}

export interface DelegatedIdentityDefinition extends grpc.ServiceDefinition {
  FetchJWTSVIDs: MethodDefinition<_spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestInput, _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseInput, _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsRequestOutput, _spire_api_agent_delegatedidentity_v1_FetchJWTSVIDsResponseOutput>
  SubscribeToJWTBundles: MethodDefinition<_spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestInput, _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseInput, _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesRequestOutput, _spire_api_agent_delegatedidentity_v1_SubscribeToJWTBundlesResponseOutput>
  SubscribeToX509Bundles: MethodDefinition<_spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestInput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseInput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesRequestOutput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509BundlesResponseOutput>
  SubscribeToX509SVIDs: MethodDefinition<_spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestInput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseInput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsRequestOutput, _spire_api_agent_delegatedidentity_v1_SubscribeToX509SVIDsResponseOutput>
}
