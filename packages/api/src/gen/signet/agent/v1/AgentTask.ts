// Original file: proto/signet/agent/v1/agent.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BeginTaskRequestInput as _signet_agent_v1_BeginTaskRequestInput, BeginTaskRequestOutput as _signet_agent_v1_BeginTaskRequestOutput } from '../../../signet/agent/v1/BeginTaskRequest.ts';
import type { BeginTaskResponseInput as _signet_agent_v1_BeginTaskResponseInput, BeginTaskResponseOutput as _signet_agent_v1_BeginTaskResponseOutput } from '../../../signet/agent/v1/BeginTaskResponse.ts';
import type { EndTasksRequestInput as _signet_agent_v1_EndTasksRequestInput, EndTasksRequestOutput as _signet_agent_v1_EndTasksRequestOutput } from '../../../signet/agent/v1/EndTasksRequest.ts';
import type { EndTasksResponseInput as _signet_agent_v1_EndTasksResponseInput, EndTasksResponseOutput as _signet_agent_v1_EndTasksResponseOutput } from '../../../signet/agent/v1/EndTasksResponse.ts';
import type { ListTaskEntriesRequestInput as _signet_agent_v1_ListTaskEntriesRequestInput, ListTaskEntriesRequestOutput as _signet_agent_v1_ListTaskEntriesRequestOutput } from '../../../signet/agent/v1/ListTaskEntriesRequest.ts';
import type { ListTaskEntriesResponseInput as _signet_agent_v1_ListTaskEntriesResponseInput, ListTaskEntriesResponseOutput as _signet_agent_v1_ListTaskEntriesResponseOutput } from '../../../signet/agent/v1/ListTaskEntriesResponse.ts';
import type { ListTasksRequestInput as _signet_agent_v1_ListTasksRequestInput, ListTasksRequestOutput as _signet_agent_v1_ListTasksRequestOutput } from '../../../signet/agent/v1/ListTasksRequest.ts';
import type { ListTasksResponseInput as _signet_agent_v1_ListTasksResponseInput, ListTasksResponseOutput as _signet_agent_v1_ListTasksResponseOutput } from '../../../signet/agent/v1/ListTasksResponse.ts';
import type { NewTaskJWTSVIDRequestInput as _signet_agent_v1_NewTaskJWTSVIDRequestInput, NewTaskJWTSVIDRequestOutput as _signet_agent_v1_NewTaskJWTSVIDRequestOutput } from '../../../signet/agent/v1/NewTaskJWTSVIDRequest.ts';
import type { NewTaskJWTSVIDResponseInput as _signet_agent_v1_NewTaskJWTSVIDResponseInput, NewTaskJWTSVIDResponseOutput as _signet_agent_v1_NewTaskJWTSVIDResponseOutput } from '../../../signet/agent/v1/NewTaskJWTSVIDResponse.ts';
import type { NewTaskX509SVIDRequestInput as _signet_agent_v1_NewTaskX509SVIDRequestInput, NewTaskX509SVIDRequestOutput as _signet_agent_v1_NewTaskX509SVIDRequestOutput } from '../../../signet/agent/v1/NewTaskX509SVIDRequest.ts';
import type { NewTaskX509SVIDResponseInput as _signet_agent_v1_NewTaskX509SVIDResponseInput, NewTaskX509SVIDResponseOutput as _signet_agent_v1_NewTaskX509SVIDResponseOutput } from '../../../signet/agent/v1/NewTaskX509SVIDResponse.ts';

/**
 * Tasks that workloads of the calling agent begin and end.
 */
export interface AgentTaskClient extends grpc.Client {
  /**
   * @error NOT_FOUND the agent may not issue for the entry, or the parent is not one of its tasks.
   * @error INVALID_ARGUMENT the scope is wider than the parent's, or out of bounds.
   */
  BeginTask(argument: _signet_agent_v1_BeginTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  BeginTask(argument: _signet_agent_v1_BeginTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  BeginTask(argument: _signet_agent_v1_BeginTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  BeginTask(argument: _signet_agent_v1_BeginTaskRequestInput, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  /**
   * @error NOT_FOUND the agent may not issue for the entry, or the parent is not one of its tasks.
   * @error INVALID_ARGUMENT the scope is wider than the parent's, or out of bounds.
   */
  beginTask(argument: _signet_agent_v1_BeginTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  beginTask(argument: _signet_agent_v1_BeginTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  beginTask(argument: _signet_agent_v1_BeginTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  beginTask(argument: _signet_agent_v1_BeginTaskRequestInput, callback: grpc.requestCallback<_signet_agent_v1_BeginTaskResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Ends tasks and all below them. Ending one that has ended is no error: the first end stands.
   */
  EndTasks(argument: _signet_agent_v1_EndTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  EndTasks(argument: _signet_agent_v1_EndTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  EndTasks(argument: _signet_agent_v1_EndTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  EndTasks(argument: _signet_agent_v1_EndTasksRequestInput, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Ends tasks and all below them. Ending one that has ended is no error: the first end stands.
   */
  endTasks(argument: _signet_agent_v1_EndTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  endTasks(argument: _signet_agent_v1_EndTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  endTasks(argument: _signet_agent_v1_EndTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  endTasks(argument: _signet_agent_v1_EndTasksRequestInput, callback: grpc.requestCallback<_signet_agent_v1_EndTasksResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Entries of the agent that get credentials in tasks only: SyncAuthorizedEntries does not name them, so that nothing is
   * fetched ahead.
   */
  ListTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  ListTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  ListTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  ListTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Entries of the agent that get credentials in tasks only: SyncAuthorizedEntries does not name them, so that nothing is
   * fetched ahead.
   */
  listTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  listTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  listTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  listTaskEntries(argument: _signet_agent_v1_ListTaskEntriesRequestInput, callback: grpc.requestCallback<_signet_agent_v1_ListTaskEntriesResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The agent's active tasks, so that both sides agree after a restart.
   */
  ListTasks(argument: _signet_agent_v1_ListTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_agent_v1_ListTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_agent_v1_ListTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_agent_v1_ListTasksRequestInput, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The agent's active tasks, so that both sides agree after a restart.
   */
  listTasks(argument: _signet_agent_v1_ListTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_agent_v1_ListTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_agent_v1_ListTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_agent_v1_ListTasksRequestInput, callback: grpc.requestCallback<_signet_agent_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  
  NewJWTSVID(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  NewJWTSVID(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  NewJWTSVID(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  NewJWTSVID(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  newJwtsvid(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  newJwtsvid(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  newJwtsvid(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  newJwtsvid(argument: _signet_agent_v1_NewTaskJWTSVIDRequestInput, callback: grpc.requestCallback<_signet_agent_v1_NewTaskJWTSVIDResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * @error FAILED_PRECONDITION the task has ended, or its budget is spent.
   */
  NewX509SVID(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  NewX509SVID(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  NewX509SVID(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  NewX509SVID(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  /**
   * @error FAILED_PRECONDITION the task has ended, or its budget is spent.
   */
  newX509Svid(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  newX509Svid(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  newX509Svid(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  newX509Svid(argument: _signet_agent_v1_NewTaskX509SVIDRequestInput, callback: grpc.requestCallback<_signet_agent_v1_NewTaskX509SVIDResponseOutput>): grpc.ClientUnaryCall;
  
}

/**
 * Tasks that workloads of the calling agent begin and end.
 */
export interface AgentTaskHandlers extends grpc.UntypedServiceImplementation {
  /**
   * @error NOT_FOUND the agent may not issue for the entry, or the parent is not one of its tasks.
   * @error INVALID_ARGUMENT the scope is wider than the parent's, or out of bounds.
   */
  BeginTask: grpc.handleUnaryCall<_signet_agent_v1_BeginTaskRequestOutput, _signet_agent_v1_BeginTaskResponseInput>;
  
  /**
   * Ends tasks and all below them. Ending one that has ended is no error: the first end stands.
   */
  EndTasks: grpc.handleUnaryCall<_signet_agent_v1_EndTasksRequestOutput, _signet_agent_v1_EndTasksResponseInput>;
  
  /**
   * Entries of the agent that get credentials in tasks only: SyncAuthorizedEntries does not name them, so that nothing is
   * fetched ahead.
   */
  ListTaskEntries: grpc.handleUnaryCall<_signet_agent_v1_ListTaskEntriesRequestOutput, _signet_agent_v1_ListTaskEntriesResponseInput>;
  
  /**
   * The agent's active tasks, so that both sides agree after a restart.
   */
  ListTasks: grpc.handleUnaryCall<_signet_agent_v1_ListTasksRequestOutput, _signet_agent_v1_ListTasksResponseInput>;
  
  NewJWTSVID: grpc.handleUnaryCall<_signet_agent_v1_NewTaskJWTSVIDRequestOutput, _signet_agent_v1_NewTaskJWTSVIDResponseInput>;
  
  /**
   * @error FAILED_PRECONDITION the task has ended, or its budget is spent.
   */
  NewX509SVID: grpc.handleUnaryCall<_signet_agent_v1_NewTaskX509SVIDRequestOutput, _signet_agent_v1_NewTaskX509SVIDResponseInput>;
  
}

export interface AgentTaskDefinition extends grpc.ServiceDefinition {
  BeginTask: MethodDefinition<_signet_agent_v1_BeginTaskRequestInput, _signet_agent_v1_BeginTaskResponseInput, _signet_agent_v1_BeginTaskRequestOutput, _signet_agent_v1_BeginTaskResponseOutput>
  EndTasks: MethodDefinition<_signet_agent_v1_EndTasksRequestInput, _signet_agent_v1_EndTasksResponseInput, _signet_agent_v1_EndTasksRequestOutput, _signet_agent_v1_EndTasksResponseOutput>
  ListTaskEntries: MethodDefinition<_signet_agent_v1_ListTaskEntriesRequestInput, _signet_agent_v1_ListTaskEntriesResponseInput, _signet_agent_v1_ListTaskEntriesRequestOutput, _signet_agent_v1_ListTaskEntriesResponseOutput>
  ListTasks: MethodDefinition<_signet_agent_v1_ListTasksRequestInput, _signet_agent_v1_ListTasksResponseInput, _signet_agent_v1_ListTasksRequestOutput, _signet_agent_v1_ListTasksResponseOutput>
  NewJWTSVID: MethodDefinition<_signet_agent_v1_NewTaskJWTSVIDRequestInput, _signet_agent_v1_NewTaskJWTSVIDResponseInput, _signet_agent_v1_NewTaskJWTSVIDRequestOutput, _signet_agent_v1_NewTaskJWTSVIDResponseOutput>
  NewX509SVID: MethodDefinition<_signet_agent_v1_NewTaskX509SVIDRequestInput, _signet_agent_v1_NewTaskX509SVIDResponseInput, _signet_agent_v1_NewTaskX509SVIDRequestOutput, _signet_agent_v1_NewTaskX509SVIDResponseOutput>
}
