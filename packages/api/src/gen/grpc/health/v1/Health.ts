// Original file: proto/grpc/health/v1/health.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { HealthCheckRequestInput as _grpc_health_v1_HealthCheckRequestInput, HealthCheckRequestOutput as _grpc_health_v1_HealthCheckRequestOutput } from '../../../grpc/health/v1/HealthCheckRequest.ts';
import type { HealthCheckResponseInput as _grpc_health_v1_HealthCheckResponseInput, HealthCheckResponseOutput as _grpc_health_v1_HealthCheckResponseOutput } from '../../../grpc/health/v1/HealthCheckResponse.ts';
import type { HealthListRequestInput as _grpc_health_v1_HealthListRequestInput, HealthListRequestOutput as _grpc_health_v1_HealthListRequestOutput } from '../../../grpc/health/v1/HealthListRequest.ts';
import type { HealthListResponseInput as _grpc_health_v1_HealthListResponseInput, HealthListResponseOutput as _grpc_health_v1_HealthListResponseOutput } from '../../../grpc/health/v1/HealthListResponse.ts';

/**
 * Whether the process is ready to serve.
 */
export interface HealthClient extends grpc.Client {
  /**
   * The state at this moment. Only the empty service name is known.
   */
  Check(argument: _grpc_health_v1_HealthCheckRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  Check(argument: _grpc_health_v1_HealthCheckRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  Check(argument: _grpc_health_v1_HealthCheckRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  Check(argument: _grpc_health_v1_HealthCheckRequestInput, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The state at this moment. Only the empty service name is known.
   */
  check(argument: _grpc_health_v1_HealthCheckRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  check(argument: _grpc_health_v1_HealthCheckRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  check(argument: _grpc_health_v1_HealthCheckRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  check(argument: _grpc_health_v1_HealthCheckRequestInput, callback: grpc.requestCallback<_grpc_health_v1_HealthCheckResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The state of every service known.
   */
  List(argument: _grpc_health_v1_HealthListRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  List(argument: _grpc_health_v1_HealthListRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  List(argument: _grpc_health_v1_HealthListRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  List(argument: _grpc_health_v1_HealthListRequestInput, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The state of every service known.
   */
  list(argument: _grpc_health_v1_HealthListRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  list(argument: _grpc_health_v1_HealthListRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  list(argument: _grpc_health_v1_HealthListRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  list(argument: _grpc_health_v1_HealthListRequestInput, callback: grpc.requestCallback<_grpc_health_v1_HealthListResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The state now, and again when it changes.
   */
  Watch(argument: _grpc_health_v1_HealthCheckRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_grpc_health_v1_HealthCheckResponseOutput>;
  Watch(argument: _grpc_health_v1_HealthCheckRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_grpc_health_v1_HealthCheckResponseOutput>;
  /**
   * The state now, and again when it changes.
   */
  watch(argument: _grpc_health_v1_HealthCheckRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_grpc_health_v1_HealthCheckResponseOutput>;
  watch(argument: _grpc_health_v1_HealthCheckRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_grpc_health_v1_HealthCheckResponseOutput>;
  
}

/**
 * Whether the process is ready to serve.
 */
export interface HealthHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The state at this moment. Only the empty service name is known.
   */
  Check: grpc.handleUnaryCall<_grpc_health_v1_HealthCheckRequestOutput, _grpc_health_v1_HealthCheckResponseInput>;
  
  /**
   * The state of every service known.
   */
  List: grpc.handleUnaryCall<_grpc_health_v1_HealthListRequestOutput, _grpc_health_v1_HealthListResponseInput>;
  
  /**
   * The state now, and again when it changes.
   */
  Watch: grpc.handleServerStreamingCall<_grpc_health_v1_HealthCheckRequestOutput, _grpc_health_v1_HealthCheckResponseInput>;
  
}

export interface HealthDefinition extends grpc.ServiceDefinition {
  Check: MethodDefinition<_grpc_health_v1_HealthCheckRequestInput, _grpc_health_v1_HealthCheckResponseInput, _grpc_health_v1_HealthCheckRequestOutput, _grpc_health_v1_HealthCheckResponseOutput>
  List: MethodDefinition<_grpc_health_v1_HealthListRequestInput, _grpc_health_v1_HealthListResponseInput, _grpc_health_v1_HealthListRequestOutput, _grpc_health_v1_HealthListResponseOutput>
  Watch: MethodDefinition<_grpc_health_v1_HealthCheckRequestInput, _grpc_health_v1_HealthCheckResponseInput, _grpc_health_v1_HealthCheckRequestOutput, _grpc_health_v1_HealthCheckResponseOutput>
}
