// Original file: proto/grpc/reflection/v1/reflection.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ServerReflectionRequestInput as _grpc_reflection_v1_ServerReflectionRequestInput, ServerReflectionRequestOutput as _grpc_reflection_v1_ServerReflectionRequestOutput } from '../../../grpc/reflection/v1/ServerReflectionRequest.ts';
import type { ServerReflectionResponseInput as _grpc_reflection_v1_ServerReflectionResponseInput, ServerReflectionResponseOutput as _grpc_reflection_v1_ServerReflectionResponseOutput } from '../../../grpc/reflection/v1/ServerReflectionResponse.ts';

/**
 * Tells clients without definitions of their own which services are served, and what their messages look like.
 */
export interface ServerReflectionClient extends grpc.Client {
  /**
   * One answer for each question, in order.
   */
  ServerReflectionInfo(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_grpc_reflection_v1_ServerReflectionRequestInput, _grpc_reflection_v1_ServerReflectionResponseOutput>;
  ServerReflectionInfo(options?: grpc.CallOptions): grpc.ClientDuplexStream<_grpc_reflection_v1_ServerReflectionRequestInput, _grpc_reflection_v1_ServerReflectionResponseOutput>;
  /**
   * One answer for each question, in order.
   */
  serverReflectionInfo(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_grpc_reflection_v1_ServerReflectionRequestInput, _grpc_reflection_v1_ServerReflectionResponseOutput>;
  serverReflectionInfo(options?: grpc.CallOptions): grpc.ClientDuplexStream<_grpc_reflection_v1_ServerReflectionRequestInput, _grpc_reflection_v1_ServerReflectionResponseOutput>;
  
}

/**
 * Tells clients without definitions of their own which services are served, and what their messages look like.
 */
export interface ServerReflectionHandlers extends grpc.UntypedServiceImplementation {
  /**
   * One answer for each question, in order.
   */
  ServerReflectionInfo: grpc.handleBidiStreamingCall<_grpc_reflection_v1_ServerReflectionRequestOutput, _grpc_reflection_v1_ServerReflectionResponseInput>;
  
}

export interface ServerReflectionDefinition extends grpc.ServiceDefinition {
  ServerReflectionInfo: MethodDefinition<_grpc_reflection_v1_ServerReflectionRequestInput, _grpc_reflection_v1_ServerReflectionResponseInput, _grpc_reflection_v1_ServerReflectionRequestOutput, _grpc_reflection_v1_ServerReflectionResponseOutput>
}
