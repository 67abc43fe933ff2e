// Original file: proto/spire/agent/debug/v1/debug.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetInfoRequestInput as _spire_agent_debug_v1_GetInfoRequestInput, GetInfoRequestOutput as _spire_agent_debug_v1_GetInfoRequestOutput } from '../../../../spire/agent/debug/v1/GetInfoRequest.ts';
import type { GetInfoResponseInput as _spire_agent_debug_v1_GetInfoResponseInput, GetInfoResponseOutput as _spire_agent_debug_v1_GetInfoResponseOutput } from '../../../../spire/agent/debug/v1/GetInfoResponse.ts';

/**
 * Facts about the running agent.
 */
export interface DebugClient extends grpc.Client {
  /**
   * Uptime, counts and the SVID chain in use.
   */
  GetInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  GetInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  GetInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  GetInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Uptime, counts and the SVID chain in use.
   */
  getInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  getInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  getInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  getInfo(argument: _spire_agent_debug_v1_GetInfoRequestInput, callback: grpc.requestCallback<_spire_agent_debug_v1_GetInfoResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Facts about the running agent.
 */
export interface DebugHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Uptime, counts and the SVID chain in use.
   */
  GetInfo: grpc.handleUnaryCall<_spire_agent_debug_v1_GetInfoRequestOutput, _spire_agent_debug_v1_GetInfoResponseInput>;
  
}

export interface DebugDefinition extends grpc.ServiceDefinition {
  GetInfo: MethodDefinition<_spire_agent_debug_v1_GetInfoRequestInput, _spire_agent_debug_v1_GetInfoResponseInput, _spire_agent_debug_v1_GetInfoRequestOutput, _spire_agent_debug_v1_GetInfoResponseOutput>
}
