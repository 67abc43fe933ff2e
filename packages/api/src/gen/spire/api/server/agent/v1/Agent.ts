// Original file: proto/spire/api/server/agent/v1/agent.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AgentInput as _spire_api_types_AgentInput, AgentOutput as _spire_api_types_AgentOutput } from '../../../../../spire/api/types/Agent.ts';
import type { AttestAgentRequestInput as _spire_api_server_agent_v1_AttestAgentRequestInput, AttestAgentRequestOutput as _spire_api_server_agent_v1_AttestAgentRequestOutput } from '../../../../../spire/api/server/agent/v1/AttestAgentRequest.ts';
import type { AttestAgentResponseInput as _spire_api_server_agent_v1_AttestAgentResponseInput, AttestAgentResponseOutput as _spire_api_server_agent_v1_AttestAgentResponseOutput } from '../../../../../spire/api/server/agent/v1/AttestAgentResponse.ts';
import type { BanAgentRequestInput as _spire_api_server_agent_v1_BanAgentRequestInput, BanAgentRequestOutput as _spire_api_server_agent_v1_BanAgentRequestOutput } from '../../../../../spire/api/server/agent/v1/BanAgentRequest.ts';
import type { CountAgentsRequestInput as _spire_api_server_agent_v1_CountAgentsRequestInput, CountAgentsRequestOutput as _spire_api_server_agent_v1_CountAgentsRequestOutput } from '../../../../../spire/api/server/agent/v1/CountAgentsRequest.ts';
import type { CountAgentsResponseInput as _spire_api_server_agent_v1_CountAgentsResponseInput, CountAgentsResponseOutput as _spire_api_server_agent_v1_CountAgentsResponseOutput } from '../../../../../spire/api/server/agent/v1/CountAgentsResponse.ts';
import type { CreateJoinTokenRequestInput as _spire_api_server_agent_v1_CreateJoinTokenRequestInput, CreateJoinTokenRequestOutput as _spire_api_server_agent_v1_CreateJoinTokenRequestOutput } from '../../../../../spire/api/server/agent/v1/CreateJoinTokenRequest.ts';
import type { DeleteAgentRequestInput as _spire_api_server_agent_v1_DeleteAgentRequestInput, DeleteAgentRequestOutput as _spire_api_server_agent_v1_DeleteAgentRequestOutput } from '../../../../../spire/api/server/agent/v1/DeleteAgentRequest.ts';
import type { EmptyInput as _google_protobuf_EmptyInput, EmptyOutput as _google_protobuf_EmptyOutput } from '../../../../../google/protobuf/Empty.ts';
import type { GetAgentRequestInput as _spire_api_server_agent_v1_GetAgentRequestInput, GetAgentRequestOutput as _spire_api_server_agent_v1_GetAgentRequestOutput } from '../../../../../spire/api/server/agent/v1/GetAgentRequest.ts';
import type { JoinTokenInput as _spire_api_types_JoinTokenInput, JoinTokenOutput as _spire_api_types_JoinTokenOutput } from '../../../../../spire/api/types/JoinToken.ts';
import type { ListAgentsRequestInput as _spire_api_server_agent_v1_ListAgentsRequestInput, ListAgentsRequestOutput as _spire_api_server_agent_v1_ListAgentsRequestOutput } from '../../../../../spire/api/server/agent/v1/ListAgentsRequest.ts';
import type { ListAgentsResponseInput as _spire_api_server_agent_v1_ListAgentsResponseInput, ListAgentsResponseOutput as _spire_api_server_agent_v1_ListAgentsResponseOutput } from '../../../../../spire/api/server/agent/v1/ListAgentsResponse.ts';
import type { PostStatusRequestInput as _spire_api_server_agent_v1_PostStatusRequestInput, PostStatusRequestOutput as _spire_api_server_agent_v1_PostStatusRequestOutput } from '../../../../../spire/api/server/agent/v1/PostStatusRequest.ts';
import type { PostStatusResponseInput as _spire_api_server_agent_v1_PostStatusResponseInput, PostStatusResponseOutput as _spire_api_server_agent_v1_PostStatusResponseOutput } from '../../../../../spire/api/server/agent/v1/PostStatusResponse.ts';
import type { RenewAgentRequestInput as _spire_api_server_agent_v1_RenewAgentRequestInput, RenewAgentRequestOutput as _spire_api_server_agent_v1_RenewAgentRequestOutput } from '../../../../../spire/api/server/agent/v1/RenewAgentRequest.ts';
import type { RenewAgentResponseInput as _spire_api_server_agent_v1_RenewAgentResponseInput, RenewAgentResponseOutput as _spire_api_server_agent_v1_RenewAgentResponseOutput } from '../../../../../spire/api/server/agent/v1/RenewAgentResponse.ts';

/**
 * Attested nodes and join tokens.
 */
export interface AgentClient extends grpc.Client {
  /**
   * Proves a node. The client sends params first, answers each challenge, and receives the result at the
   * end.
   */
  AttestAgent(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_agent_v1_AttestAgentRequestInput, _spire_api_server_agent_v1_AttestAgentResponseOutput>;
  AttestAgent(options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_agent_v1_AttestAgentRequestInput, _spire_api_server_agent_v1_AttestAgentResponseOutput>;
  /**
   * Proves a node. The client sends params first, answers each challenge, and receives the result at the
   * end.
   */
  attestAgent(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_agent_v1_AttestAgentRequestInput, _spire_api_server_agent_v1_AttestAgentResponseOutput>;
  attestAgent(options?: grpc.CallOptions): grpc.ClientDuplexStream<_spire_api_server_agent_v1_AttestAgentRequestInput, _spire_api_server_agent_v1_AttestAgentResponseOutput>;
  
  /**
   * Bans an agent: it is refused, and cannot attest until it is evicted.
   */
  BanAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  BanAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  BanAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  BanAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  /**
   * Bans an agent: it is refused, and cannot attest until it is evicted.
   */
  banAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  banAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  banAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  banAgent(argument: _spire_api_server_agent_v1_BanAgentRequestInput, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  
  /**
   * How many agents match the filter.
   */
  CountAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  CountAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  CountAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  CountAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  /**
   * How many agents match the filter.
   */
  countAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  countAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  countAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  countAgents(argument: _spire_api_server_agent_v1_CountAgentsRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_CountAgentsResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * A join token for one attestation.
   */
  CreateJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  CreateJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  CreateJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  CreateJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  /**
   * A join token for one attestation.
   */
  createJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  createJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  createJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  createJoinToken(argument: _spire_api_server_agent_v1_CreateJoinTokenRequestInput, callback: grpc.requestCallback<_spire_api_types_JoinTokenOutput>): grpc.ClientUnaryCall;
  
  /**
   * Evicts an agent: its next call is refused, and it may attest anew.
   */
  DeleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  DeleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  DeleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  DeleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  /**
   * Evicts an agent: its next call is refused, and it may attest anew.
   */
  deleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  deleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  deleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  deleteAgent(argument: _spire_api_server_agent_v1_DeleteAgentRequestInput, callback: grpc.requestCallback<_google_protobuf_EmptyOutput>): grpc.ClientUnaryCall;
  
  /**
   * One agent. NOT_FOUND when there is none of that ID.
   */
  GetAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  GetAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  GetAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  GetAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  /**
   * One agent. NOT_FOUND when there is none of that ID.
   */
  getAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  getAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  getAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  getAgent(argument: _spire_api_server_agent_v1_GetAgentRequestInput, callback: grpc.requestCallback<_spire_api_types_AgentOutput>): grpc.ClientUnaryCall;
  
  /**
   * The agents that match the filter, a page at a time.
   */
  ListAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  ListAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  ListAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  ListAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The agents that match the filter, a page at a time.
   */
  listAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  listAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  listAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  listAgents(argument: _spire_api_server_agent_v1_ListAgentsRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_ListAgentsResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * What an agent tells of itself.
   */
  PostStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  PostStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  PostStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  PostStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  /**
   * What an agent tells of itself.
   */
  postStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  postStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  postStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  postStatus(argument: _spire_api_server_agent_v1_PostStatusRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_PostStatusResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * A new SVID for an agent that cannot attest again. The former SVID stays good until the new one is first
   * used.
   */
  RenewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  RenewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  RenewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  RenewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  /**
   * A new SVID for an agent that cannot attest again. The former SVID stays good until the new one is first
   * used.
   */
  renewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  renewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  renewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  renewAgent(argument: _spire_api_server_agent_v1_RenewAgentRequestInput, callback: grpc.requestCallback<_spire_api_server_agent_v1_RenewAgentResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Attested nodes and join tokens.
 */
export interface AgentHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Proves a node. The client sends params first, answers each challenge, and receives the result at the
   * end.
   */
  AttestAgent: grpc.handleBidiStreamingCall<_spire_api_server_agent_v1_AttestAgentRequestOutput, _spire_api_server_agent_v1_AttestAgentResponseInput>;
  
  /**
   * Bans an agent: it is refused, and cannot attest until it is evicted.
   */
  BanAgent: grpc.handleUnaryCall<_spire_api_server_agent_v1_BanAgentRequestOutput, _google_protobuf_EmptyInput>;
  
  /**
   * How many agents match the filter.
   */
  CountAgents: grpc.handleUnaryCall<_spire_api_server_agent_v1_CountAgentsRequestOutput, _spire_api_server_agent_v1_CountAgentsResponseInput>;
  
  /**
   * A join token for one attestation.
   */
  CreateJoinToken: grpc.handleUnaryCall<_spire_api_server_agent_v1_CreateJoinTokenRequestOutput, _spire_api_types_JoinTokenInput>;
  
  /**
   * Evicts an agent: its next call is refused, and it may attest anew.
   */
  DeleteAgent: grpc.handleUnaryCall<_spire_api_server_agent_v1_DeleteAgentRequestOutput, _google_protobuf_EmptyInput>;
  
  /**
   * One agent. NOT_FOUND when there is none of that ID.
   */
  GetAgent: grpc.handleUnaryCall<_spire_api_server_agent_v1_GetAgentRequestOutput, _spire_api_types_AgentInput>;
  
  /**
   * The agents that match the filter, a page at a time.
   */
  ListAgents: grpc.handleUnaryCall<_spire_api_server_agent_v1_ListAgentsRequestOutput, _spire_api_server_agent_v1_ListAgentsResponseInput>;
  
  /**
   * What an agent tells of itself.
   */
  PostStatus: grpc.handleUnaryCall<_spire_api_server_agent_v1_PostStatusRequestOutput, _spire_api_server_agent_v1_PostStatusResponseInput>;
  
  /**
   * A new SVID for an agent that cannot attest again. The former SVID stays good until the new one is first
   * used.
   */
  RenewAgent: grpc.handleUnaryCall<_spire_api_server_agent_v1_RenewAgentRequestOutput, _spire_api_server_agent_v1_RenewAgentResponseInput>;
  
}

export interface AgentDefinition extends grpc.ServiceDefinition {
  AttestAgent: MethodDefinition<_spire_api_server_agent_v1_AttestAgentRequestInput, _spire_api_server_agent_v1_AttestAgentResponseInput, _spire_api_server_agent_v1_AttestAgentRequestOutput, _spire_api_server_agent_v1_AttestAgentResponseOutput>
  BanAgent: MethodDefinition<_spire_api_server_agent_v1_BanAgentRequestInput, _google_protobuf_EmptyInput, _spire_api_server_agent_v1_BanAgentRequestOutput, _google_protobuf_EmptyOutput>
  CountAgents: MethodDefinition<_spire_api_server_agent_v1_CountAgentsRequestInput, _spire_api_server_agent_v1_CountAgentsResponseInput, _spire_api_server_agent_v1_CountAgentsRequestOutput, _spire_api_server_agent_v1_CountAgentsResponseOutput>
  CreateJoinToken: MethodDefinition<_spire_api_server_agent_v1_CreateJoinTokenRequestInput, _spire_api_types_JoinTokenInput, _spire_api_server_agent_v1_CreateJoinTokenRequestOutput, _spire_api_types_JoinTokenOutput>
  DeleteAgent: MethodDefinition<_spire_api_server_agent_v1_DeleteAgentRequestInput, _google_protobuf_EmptyInput, _spire_api_server_agent_v1_DeleteAgentRequestOutput, _google_protobuf_EmptyOutput>
  GetAgent: MethodDefinition<_spire_api_server_agent_v1_GetAgentRequestInput, _spire_api_types_AgentInput, _spire_api_server_agent_v1_GetAgentRequestOutput, _spire_api_types_AgentOutput>
  ListAgents: MethodDefinition<_spire_api_server_agent_v1_ListAgentsRequestInput, _spire_api_server_agent_v1_ListAgentsResponseInput, _spire_api_server_agent_v1_ListAgentsRequestOutput, _spire_api_server_agent_v1_ListAgentsResponseOutput>
  PostStatus: MethodDefinition<_spire_api_server_agent_v1_PostStatusRequestInput, _spire_api_server_agent_v1_PostStatusResponseInput, _spire_api_server_agent_v1_PostStatusRequestOutput, _spire_api_server_agent_v1_PostStatusResponseOutput>
  RenewAgent: MethodDefinition<_spire_api_server_agent_v1_RenewAgentRequestInput, _spire_api_server_agent_v1_RenewAgentResponseInput, _spire_api_server_agent_v1_RenewAgentRequestOutput, _spire_api_server_agent_v1_RenewAgentResponseOutput>
}
