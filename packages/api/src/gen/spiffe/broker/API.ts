// Original file: proto/spiffe/broker/broker.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FetchJWTSVIDRequestInput as _spiffe_broker_FetchJWTSVIDRequestInput, FetchJWTSVIDRequestOutput as _spiffe_broker_FetchJWTSVIDRequestOutput } from '../../spiffe/broker/FetchJWTSVIDRequest.ts';
import type { FetchJWTSVIDResponseInput as _spiffe_broker_FetchJWTSVIDResponseInput, FetchJWTSVIDResponseOutput as _spiffe_broker_FetchJWTSVIDResponseOutput } from '../../spiffe/broker/FetchJWTSVIDResponse.ts';
import type { SubscribeToJWTBundlesRequestInput as _spiffe_broker_SubscribeToJWTBundlesRequestInput, SubscribeToJWTBundlesRequestOutput as _spiffe_broker_SubscribeToJWTBundlesRequestOutput } from '../../spiffe/broker/SubscribeToJWTBundlesRequest.ts';
import type { SubscribeToJWTBundlesResponseInput as _spiffe_broker_SubscribeToJWTBundlesResponseInput, SubscribeToJWTBundlesResponseOutput as _spiffe_broker_SubscribeToJWTBundlesResponseOutput } from '../../spiffe/broker/SubscribeToJWTBundlesResponse.ts';
import type { SubscribeToX509BundlesRequestInput as _spiffe_broker_SubscribeToX509BundlesRequestInput, SubscribeToX509BundlesRequestOutput as _spiffe_broker_SubscribeToX509BundlesRequestOutput } from '../../spiffe/broker/SubscribeToX509BundlesRequest.ts';
import type { SubscribeToX509BundlesResponseInput as _spiffe_broker_SubscribeToX509BundlesResponseInput, SubscribeToX509BundlesResponseOutput as _spiffe_broker_SubscribeToX509BundlesResponseOutput } from '../../spiffe/broker/SubscribeToX509BundlesResponse.ts';
import type { SubscribeToX509SVIDRequestInput as _spiffe_broker_SubscribeToX509SVIDRequestInput, SubscribeToX509SVIDRequestOutput as _spiffe_broker_SubscribeToX509SVIDRequestOutput } from '../../spiffe/broker/SubscribeToX509SVIDRequest.ts';
import type { SubscribeToX509SVIDResponseInput as _spiffe_broker_SubscribeToX509SVIDResponseInput, SubscribeToX509SVIDResponseOutput as _spiffe_broker_SubscribeToX509SVIDResponseOutput } from '../../spiffe/broker/SubscribeToX509SVIDResponse.ts';

/**
 * SVIDs and bundles for the workload that each request refers to.
 */
export interface APIClient extends grpc.Client {
  /**
   * JWT-SVIDs of the caller for an audience.
   */
  FetchJWTSVID(argument: _spiffe_broker_FetchJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVID(argument: _spiffe_broker_FetchJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVID(argument: _spiffe_broker_FetchJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVID(argument: _spiffe_broker_FetchJWTSVIDRequestInput, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * JWT-SVIDs of the caller for an audience.
   */
  fetchJwtsvid(argument: _spiffe_broker_FetchJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsvid(argument: _spiffe_broker_FetchJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsvid(argument: _spiffe_broker_FetchJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsvid(argument: _spiffe_broker_FetchJWTSVIDRequestInput, callback: grpc.requestCallback<_spiffe_broker_FetchJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * JWT bundles, and again on each change.
   */
  SubscribeToJWTBundles(argument: _spiffe_broker_SubscribeToJWTBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToJWTBundlesResponseOutput>;
  SubscribeToJWTBundles(argument: _spiffe_broker_SubscribeToJWTBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToJWTBundlesResponseOutput>;
  /**
   * JWT bundles, and again on each change.
   */
  subscribeToJwtBundles(argument: _spiffe_broker_SubscribeToJWTBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToJWTBundlesResponseOutput>;
  subscribeToJwtBundles(argument: _spiffe_broker_SubscribeToJWTBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToJWTBundlesResponseOutput>;
  
  /**
   * X.509 bundles, and again on each change.
   */
  SubscribeToX509Bundles(argument: _spiffe_broker_SubscribeToX509BundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509BundlesResponseOutput>;
  SubscribeToX509Bundles(argument: _spiffe_broker_SubscribeToX509BundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509BundlesResponseOutput>;
  /**
   * X.509 bundles, and again on each change.
   */
  subscribeToX509Bundles(argument: _spiffe_broker_SubscribeToX509BundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509BundlesResponseOutput>;
  subscribeToX509Bundles(argument: _spiffe_broker_SubscribeToX509BundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509BundlesResponseOutput>;
  
  /**
   * X.509-SVIDs of the workload referred to, and again on each change.
   */
  SubscribeToX509SVID(argument: _spiffe_broker_SubscribeToX509SVIDRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509SVIDResponseOutput>;
  SubscribeToX509SVID(argument: _spiffe_broker_SubscribeToX509SVIDRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509SVIDResponseOutput>;
  /**
   * X.509-SVIDs of the workload referred to, and again on each change.
   */
  subscribeToX509Svid(argument: _spiffe_broker_SubscribeToX509SVIDRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509SVIDResponseOutput>;
  subscribeToX509Svid(argument: _spiffe_broker_SubscribeToX509SVIDRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_spiffe_broker_SubscribeToX509SVIDResponseOutput>;
  
}

/**
 * SVIDs and bundles for the workload that each request refers to.
 */
export interface APIHandlers extends grpc.UntypedServiceImplementation {
  /**
   * JWT-SVIDs of the caller for an audience.
   */
  FetchJWTSVID: grpc.handleUnaryCall<_spiffe_broker_FetchJWTSVIDRequestOutput, _spiffe_broker_FetchJWTSVIDResponseInput>;
  
  /**
   * JWT bundles, and again on each change.
   */
  SubscribeToJWTBundles: grpc.handleServerStreamingCall<_spiffe_broker_SubscribeToJWTBundlesRequestOutput, _spiffe_broker_SubscribeToJWTBundlesResponseInput>;
  
  /**
   * X.509 bundles, and again on each change.
   */
  SubscribeToX509Bundles: grpc.handleServerStreamingCall<_spiffe_broker_SubscribeToX509BundlesRequestOutput, _spiffe_broker_SubscribeToX509BundlesResponseInput>;
  
  /**
   * X.509-SVIDs of the workload referred to, and again on each change.
   */
  SubscribeToX509SVID: grpc.handleServerStreamingCall<_spiffe_broker_SubscribeToX509SVIDRequestOutput, _spiffe_broker_SubscribeToX509SVIDResponseInput>;
  
}

export interface APIDefinition extends grpc.ServiceDefinition {
  FetchJWTSVID: MethodDefinition<_spiffe_broker_FetchJWTSVIDRequestInput, _spiffe_broker_FetchJWTSVIDResponseInput, _spiffe_broker_FetchJWTSVIDRequestOutput, _spiffe_broker_FetchJWTSVIDResponseOutput>
  SubscribeToJWTBundles: MethodDefinition<_spiffe_broker_SubscribeToJWTBundlesRequestInput, _spiffe_broker_SubscribeToJWTBundlesResponseInput, _spiffe_broker_SubscribeToJWTBundlesRequestOutput, _spiffe_broker_SubscribeToJWTBundlesResponseOutput>
  SubscribeToX509Bundles: MethodDefinition<_spiffe_broker_SubscribeToX509BundlesRequestInput, _spiffe_broker_SubscribeToX509BundlesResponseInput, _spiffe_broker_SubscribeToX509BundlesRequestOutput, _spiffe_broker_SubscribeToX509BundlesResponseOutput>
  SubscribeToX509SVID: MethodDefinition<_spiffe_broker_SubscribeToX509SVIDRequestInput, _spiffe_broker_SubscribeToX509SVIDResponseInput, _spiffe_broker_SubscribeToX509SVIDRequestOutput, _spiffe_broker_SubscribeToX509SVIDResponseOutput>
}
