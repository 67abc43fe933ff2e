// Original file: proto/spire/api/server/debug/v1/debug.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetInfoRequestInput as _spire_api_server_debug_v1_GetInfoRequestInput, GetInfoRequestOutput as _spire_api_server_debug_v1_GetInfoRequestOutput } from '../../../../../spire/api/server/debug/v1/GetInfoRequest.ts';
import type { GetInfoResponseInput as _spire_api_server_debug_v1_GetInfoResponseInput, GetInfoResponseOutput as _spire_api_server_debug_v1_GetInfoResponseOutput } from '../../../../../spire/api/server/debug/v1/GetInfoResponse.ts';

/**
 * Facts about the running server.
 */
export interface DebugClient extends grpc.Client {
  /**
   * Uptime, counts and the SVID chain in use.
   */
  GetInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  GetInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  GetInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  GetInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Uptime, counts and the SVID chain in use.
   */
  getInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  getInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  getInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  getInfo(argument: _spire_api_server_debug_v1_GetInfoRequestInput, callback: grpc.requestCallback<_spire_api_server_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Facts about the running server.
 */
export interface DebugHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Uptime, counts and the SVID chain in use.
   */
  GetInfo: grpc.handleUnaryCall<_spire_api_server_debug_v1_GetInfoRequestOutput, _spire_api_server_debug_v1_GetInfoResponseInput>;
  
}

export interface DebugDefinition extends grpc.ServiceDefinition {
  GetInfo: MethodDefinition<_spire_api_server_debug_v1_GetInfoRequestInput, _spire_api_server_debug_v1_GetInfoResponseInput, _spire_api_server_debug_v1_GetInfoRequestOutput, _spire_api_server_debug_v1_GetInfoResponseOutput>
}
