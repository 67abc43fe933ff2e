// Original file: proto/signet/agent/v1/agent.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ConnectRequestInput as _signet_agent_v1_ConnectRequestInput, ConnectRequestOutput as _signet_agent_v1_ConnectRequestOutput } from '../../../signet/agent/v1/ConnectRequest.ts';
import type { ConnectResponseInput as _signet_agent_v1_ConnectResponseInput, ConnectResponseOutput as _signet_agent_v1_ConnectResponseOutput } from '../../../signet/agent/v1/ConnectResponse.ts';
import type { GetStatusDocumentsRequestInput as _signet_agent_v1_GetStatusDocumentsRequestInput, GetStatusDocumentsRequestOutput as _signet_agent_v1_GetStatusDocumentsRequestOutput } from '../../../signet/agent/v1/GetStatusDocumentsRequest.ts';
import type { GetStatusDocumentsResponseInput as _signet_agent_v1_GetStatusDocumentsResponseInput, GetStatusDocumentsResponseOutput as _signet_agent_v1_GetStatusDocumentsResponseOutput } from '../../../signet/agent/v1/GetStatusDocumentsResponse.ts';

/**
 * For attested agents only.
 */
export interface AgentFeedClient extends grpc.Client {
  /**
   * Held open for as long as the agent runs. The agent speaks first and once per heartbeat; while the stream is open the
   * leases of the agent's tasks are renewed by it.
   */
  Connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_signet_agent_v1_ConnectRequestInput, _signet_agent_v1_ConnectResponseOutput>;
  Connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_signet_agent_v1_ConnectRequestInput, _signet_agent_v1_ConnectResponseOutput>;
  /**
   * Held open for as long as the agent runs. The agent speaks first and once per heartbeat; while the stream is open the
   * leases of the agent's tasks are renewed by it.
   */
  connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_signet_agent_v1_ConnectRequestInput, _signet_agent_v1_ConnectResponseOutput>;
  connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_signet_agent_v1_ConnectRequestInput, _signet_agent_v1_ConnectResponseOutput>;
  
  /**
   * Signed documents for those who verify without a feed, as they are now.
   */
  GetStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  GetStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  GetStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  GetStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Signed documents for those who verify without a feed, as they are now.
   */
  getStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  getStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  getStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  getStatusDocuments(argument: _signet_agent_v1_GetStatusDocumentsRequestInput, callback: grpc.requestCallback<_signet_agent_v1_GetStatusDocumentsResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * For attested agents only.
 */
export interface AgentFeedHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Held open for as long as the agent runs. The agent speaks first and once per heartbeat; while the stream is open the
   * leases of the agent's tasks are renewed by it.
   */
  Connect: grpc.handleBidiStreamingCall<_signet_agent_v1_ConnectRequestOutput, _signet_agent_v1_ConnectResponseInput>;
  
  /**
   * Signed documents for those who verify without a feed, as they are now.
   */
  GetStatusDocuments: grpc.handleUnaryCall<_signet_agent_v1_GetStatusDocumentsRequestOutput, _signet_agent_v1_GetStatusDocumentsResponseInput>;
  
}

export interface AgentFeedDefinition extends grpc.ServiceDefinition {
  Connect: MethodDefinition<_signet_agent_v1_ConnectRequestInput, _signet_agent_v1_ConnectResponseInput, _signet_agent_v1_ConnectRequestOutput, _signet_agent_v1_ConnectResponseOutput>
  GetStatusDocuments: MethodDefinition<_signet_agent_v1_GetStatusDocumentsRequestInput, _signet_agent_v1_GetStatusDocumentsResponseInput, _signet_agent_v1_GetStatusDocumentsRequestOutput, _signet_agent_v1_GetStatusDocumentsResponseOutput>
}
