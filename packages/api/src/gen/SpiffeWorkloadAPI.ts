// Original file: proto/spiffe/workload/workload.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { JWTBundlesRequestInput as _JWTBundlesRequestInput, JWTBundlesRequestOutput as _JWTBundlesRequestOutput } from './JWTBundlesRequest.ts';
import type { JWTBundlesResponseInput as _JWTBundlesResponseInput, JWTBundlesResponseOutput as _JWTBundlesResponseOutput } from './JWTBundlesResponse.ts';
import type { JWTSVIDRequestInput as _JWTSVIDRequestInput, JWTSVIDRequestOutput as _JWTSVIDRequestOutput } from './JWTSVIDRequest.ts';
import type { JWTSVIDResponseInput as _JWTSVIDResponseInput, JWTSVIDResponseOutput as _JWTSVIDResponseOutput } from './JWTSVIDResponse.ts';
import type { ValidateJWTSVIDRequestInput as _ValidateJWTSVIDRequestInput, ValidateJWTSVIDRequestOutput as _ValidateJWTSVIDRequestOutput } from './ValidateJWTSVIDRequest.ts';
import type { ValidateJWTSVIDResponseInput as _ValidateJWTSVIDResponseInput, ValidateJWTSVIDResponseOutput as _ValidateJWTSVIDResponseOutput } from './ValidateJWTSVIDResponse.ts';
import type { WITBundlesRequestInput as _WITBundlesRequestInput, WITBundlesRequestOutput as _WITBundlesRequestOutput } from './WITBundlesRequest.ts';
import type { WITBundlesResponseInput as _WITBundlesResponseInput, WITBundlesResponseOutput as _WITBundlesResponseOutput } from './WITBundlesResponse.ts';
import type { WITSVIDRequestInput as _WITSVIDRequestInput, WITSVIDRequestOutput as _WITSVIDRequestOutput } from './WITSVIDRequest.ts';
import type { WITSVIDResponseInput as _WITSVIDResponseInput, WITSVIDResponseOutput as _WITSVIDResponseOutput } from './WITSVIDResponse.ts';
import type { X509BundlesRequestInput as _X509BundlesRequestInput, X509BundlesRequestOutput as _X509BundlesRequestOutput } from './X509BundlesRequest.ts';
import type { X509BundlesResponseInput as _X509BundlesResponseInput, X509BundlesResponseOutput as _X509BundlesResponseOutput } from './X509BundlesResponse.ts';
import type { X509SVIDRequestInput as _X509SVIDRequestInput, X509SVIDRequestOutput as _X509SVIDRequestOutput } from './X509SVIDRequest.ts';
import type { X509SVIDResponseInput as _X509SVIDResponseInput, X509SVIDResponseOutput as _X509SVIDResponseOutput } from './X509SVIDResponse.ts';

/**
 * SVIDs and trust bundles for the calling process. The caller proves nothing itself: the kernel says who it
 * is.
 */
export interface SpiffeWorkloadAPIClient extends grpc.Client {
  /**
   * The JWT bundles that the caller may see, and again on each change.
   */
  FetchJWTBundles(argument: _JWTBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_JWTBundlesResponseOutput>;
  FetchJWTBundles(argument: _JWTBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_JWTBundlesResponseOutput>;
  /**
   * The JWT bundles that the caller may see, and again on each change.
   */
  fetchJwtBundles(argument: _JWTBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_JWTBundlesResponseOutput>;
  fetchJwtBundles(argument: _JWTBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_JWTBundlesResponseOutput>;
  
  /**
   * JWT-SVIDs of the caller for an audience.
   */
  FetchJWTSVID(argument: _JWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVID(argument: _JWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVID(argument: _JWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  FetchJWTSVID(argument: _JWTSVIDRequestInput, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * JWT-SVIDs of the caller for an audience.
   */
  fetchJwtsvid(argument: _JWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsvid(argument: _JWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsvid(argument: _JWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  fetchJwtsvid(argument: _JWTSVIDRequestInput, callback: grpc.requestCallback<_JWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The WIT bundles that the caller may see (incubating).
   */
  FetchWITBundles(argument: _WITBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITBundlesResponseOutput>;
  FetchWITBundles(argument: _WITBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITBundlesResponseOutput>;
  /**
   * The WIT bundles that the caller may see (incubating).
   */
  fetchWitBundles(argument: _WITBundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITBundlesResponseOutput>;
  fetchWitBundles(argument: _WITBundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITBundlesResponseOutput>;
  
  /**
   * The caller's WIT-SVIDs (incubating).
   */
  FetchWITSVID(argument: _WITSVIDRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITSVIDResponseOutput>;
  FetchWITSVID(argument: _WITSVIDRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITSVIDResponseOutput>;
  /**
   * The caller's WIT-SVIDs (incubating).
   */
  fetchWitsvid(argument: _WITSVIDRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITSVIDResponseOutput>;
  fetchWitsvid(argument: _WITSVIDRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_WITSVIDResponseOutput>;
  
  /**
   * The X.509 bundles that the caller may see, and again on each change.
   */
  FetchX509Bundles(argument: _X509BundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509BundlesResponseOutput>;
  FetchX509Bundles(argument: _X509BundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509BundlesResponseOutput>;
  /**
   * The X.509 bundles that the caller may see, and again on each change.
   */
  fetchX509Bundles(argument: _X509BundlesRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509BundlesResponseOutput>;
  fetchX509Bundles(argument: _X509BundlesRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509BundlesResponseOutput>;
  
  /**
   * The caller's X.509-SVIDs with keys and bundles, and again on each change. Every message is the complete
   * state.
   */
  FetchX509SVID(argument: _X509SVIDRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509SVIDResponseOutput>;
  FetchX509SVID(argument: _X509SVIDRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509SVIDResponseOutput>;
  /**
   * The caller's X.509-SVIDs with keys and bundles, and again on each change. Every message is the complete
   * state.
   */
  fetchX509Svid(argument: _X509SVIDRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509SVIDResponseOutput>;
  fetchX509Svid(argument: _X509SVIDRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_X509SVIDResponseOutput>;
  
  /**
   * Checks a JWT-SVID against the bundles that the caller may see.
   */
  ValidateJWTSVID(argument: _ValidateJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  ValidateJWTSVID(argument: _ValidateJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  ValidateJWTSVID(argument: _ValidateJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  ValidateJWTSVID(argument: _ValidateJWTSVIDRequestInput, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Checks a JWT-SVID against the bundles that the caller may see.
   */
  validateJwtsvid(argument: _ValidateJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  validateJwtsvid(argument: _ValidateJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  validateJwtsvid(argument: _ValidateJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  validateJwtsvid(argument: _ValidateJWTSVIDRequestInput, callback: grpc.requestCallback<_ValidateJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * SVIDs and trust bundles for the calling process. The caller proves nothing itself: the kernel says who it
 * is.
 */
export interface SpiffeWorkloadAPIHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The JWT bundles that the caller may see, and again on each change.
   */
  FetchJWTBundles: grpc.handleServerStreamingCall<_JWTBundlesRequestOutput, _JWTBundlesResponseInput>;
  
  /**
   * JWT-SVIDs of the caller for an audience.
   */
  FetchJWTSVID: grpc.handleUnaryCall<_JWTSVIDRequestOutput, _JWTSVIDResponseInput>;
  
  /**
   * The WIT bundles that the caller may see (incubating).
   */
  FetchWITBundles: grpc.handleServerStreamingCall<_WITBundlesRequestOutput, _WITBundlesResponseInput>;
  
  /**
   * The caller's WIT-SVIDs (incubating).
   */
  FetchWITSVID: grpc.handleServerStreamingCall<_WITSVIDRequestOutput, _WITSVIDResponseInput>;
  
  /**
   * The X.509 bundles that the caller may see, and again on each change.
   */
  FetchX509Bundles: grpc.handleServerStreamingCall<_X509BundlesRequestOutput, _X509BundlesResponseInput>;
  
  /**
   * The caller's X.509-SVIDs with keys and bundles, and again on each change. Every message is the complete
   * state.
   */
  FetchX509SVID: grpc.handleServerStreamingCall<_X509SVIDRequestOutput, _X509SVIDResponseInput>;
  
  /**
   * Checks a JWT-SVID against the bundles that the caller may see.
   */
  ValidateJWTSVID: grpc.handleUnaryCall<_ValidateJWTSVIDRequestOutput, _ValidateJWTSVIDResponseInput>;
  
}

export interface SpiffeWorkloadAPIDefinition extends grpc.ServiceDefinition {
  FetchJWTBundles: MethodDefinition<_JWTBundlesRequestInput, _JWTBundlesResponseInput, _JWTBundlesRequestOutput, _JWTBundlesResponseOutput>
  FetchJWTSVID: MethodDefinition<_JWTSVIDRequestInput, _JWTSVIDResponseInput, _JWTSVIDRequestOutput, _JWTSVIDResponseOutput>
  FetchWITBundles: MethodDefinition<_WITBundlesRequestInput, _WITBundlesResponseInput, _WITBundlesRequestOutput, _WITBundlesResponseOutput>
  FetchWITSVID: MethodDefinition<_WITSVIDRequestInput, _WITSVIDResponseInput, _WITSVIDRequestOutput, _WITSVIDResponseOutput>
  FetchX509Bundles: MethodDefinition<_X509BundlesRequestInput, _X509BundlesResponseInput, _X509BundlesRequestOutput, _X509BundlesResponseOutput>
  FetchX509SVID: MethodDefinition<_X509SVIDRequestInput, _X509SVIDResponseInput, _X509SVIDRequestOutput, _X509SVIDResponseOutput>
  ValidateJWTSVID: MethodDefinition<_ValidateJWTSVIDRequestInput, _ValidateJWTSVIDResponseInput, _ValidateJWTSVIDRequestOutput, _ValidateJWTSVIDResponseOutput>
}
