// Original file: proto/signet/server/task/v1/task.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BeginTaskRequestInput as _signet_server_task_v1_BeginTaskRequestInput, BeginTaskRequestOutput as _signet_server_task_v1_BeginTaskRequestOutput } from '../../../../signet/server/task/v1/BeginTaskRequest.ts';
import type { CreateTaskEntryRequestInput as _signet_server_task_v1_CreateTaskEntryRequestInput, CreateTaskEntryRequestOutput as _signet_server_task_v1_CreateTaskEntryRequestOutput } from '../../../../signet/server/task/v1/CreateTaskEntryRequest.ts';
import type { EndTaskRequestInput as _signet_server_task_v1_EndTaskRequestInput, EndTaskRequestOutput as _signet_server_task_v1_EndTaskRequestOutput } from '../../../../signet/server/task/v1/EndTaskRequest.ts';
import type { EndTaskResponseInput as _signet_server_task_v1_EndTaskResponseInput, EndTaskResponseOutput as _signet_server_task_v1_EndTaskResponseOutput } from '../../../../signet/server/task/v1/EndTaskResponse.ts';
import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../../spire/api/types/Entry.ts';
import type { GetTaskPolicyRequestInput as _signet_server_task_v1_GetTaskPolicyRequestInput, GetTaskPolicyRequestOutput as _signet_server_task_v1_GetTaskPolicyRequestOutput } from '../../../../signet/server/task/v1/GetTaskPolicyRequest.ts';
import type { GetTaskRequestInput as _signet_server_task_v1_GetTaskRequestInput, GetTaskRequestOutput as _signet_server_task_v1_GetTaskRequestOutput } from '../../../../signet/server/task/v1/GetTaskRequest.ts';
import type { ListTaskPoliciesRequestInput as _signet_server_task_v1_ListTaskPoliciesRequestInput, ListTaskPoliciesRequestOutput as _signet_server_task_v1_ListTaskPoliciesRequestOutput } from '../../../../signet/server/task/v1/ListTaskPoliciesRequest.ts';
import type { ListTaskPoliciesResponseInput as _signet_server_task_v1_ListTaskPoliciesResponseInput, ListTaskPoliciesResponseOutput as _signet_server_task_v1_ListTaskPoliciesResponseOutput } from '../../../../signet/server/task/v1/ListTaskPoliciesResponse.ts';
import type { ListTasksRequestInput as _signet_server_task_v1_ListTasksRequestInput, ListTasksRequestOutput as _signet_server_task_v1_ListTasksRequestOutput } from '../../../../signet/server/task/v1/ListTasksRequest.ts';
import type { ListTasksResponseInput as _signet_server_task_v1_ListTasksResponseInput, ListTasksResponseOutput as _signet_server_task_v1_ListTasksResponseOutput } from '../../../../signet/server/task/v1/ListTasksResponse.ts';
import type { SetTaskPolicyRequestInput as _signet_server_task_v1_SetTaskPolicyRequestInput, SetTaskPolicyRequestOutput as _signet_server_task_v1_SetTaskPolicyRequestOutput } from '../../../../signet/server/task/v1/SetTaskPolicyRequest.ts';
import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../../signet/types/v1/Task.ts';
import type { TaskPolicyInput as _signet_types_v1_TaskPolicyInput, TaskPolicyOutput as _signet_types_v1_TaskPolicyOutput } from '../../../../signet/types/v1/TaskPolicy.ts';

/**
 * For operators and orchestrators: the local socket and admins.
 */
export interface TaskClient extends grpc.Client {
  /**
   * Begins a task for an entry of an agent, for an orchestrator that starts the work by other means.
   */
  BeginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  BeginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  BeginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  BeginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  /**
   * Begins a task for an entry of an agent, for an orchestrator that starts the work by other means.
   */
  beginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  beginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  beginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  beginTask(argument: _signet_server_task_v1_BeginTaskRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  
  /**
   * Creates an entry together with its task policy: at no moment does it hold without.
   * @error ALREADY_EXISTS there is a similar entry.
   */
  CreateTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  CreateTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  CreateTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  CreateTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  /**
   * Creates an entry together with its task policy: at no moment does it hold without.
   * @error ALREADY_EXISTS there is a similar entry.
   */
  createTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  createTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  createTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  createTaskEntry(argument: _signet_server_task_v1_CreateTaskEntryRequestInput, callback: grpc.requestCallback<_spire_api_types_EntryOutput>): grpc.ClientUnaryCall;
  
  /**
   * Ends a task and all below it.
   */
  EndTask(argument: _signet_server_task_v1_EndTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  EndTask(argument: _signet_server_task_v1_EndTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  EndTask(argument: _signet_server_task_v1_EndTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  EndTask(argument: _signet_server_task_v1_EndTaskRequestInput, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Ends a task and all below it.
   */
  endTask(argument: _signet_server_task_v1_EndTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  endTask(argument: _signet_server_task_v1_EndTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  endTask(argument: _signet_server_task_v1_EndTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  endTask(argument: _signet_server_task_v1_EndTaskRequestInput, callback: grpc.requestCallback<_signet_server_task_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  
  GetTask(argument: _signet_server_task_v1_GetTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  GetTask(argument: _signet_server_task_v1_GetTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  GetTask(argument: _signet_server_task_v1_GetTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  GetTask(argument: _signet_server_task_v1_GetTaskRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  getTask(argument: _signet_server_task_v1_GetTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  getTask(argument: _signet_server_task_v1_GetTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  getTask(argument: _signet_server_task_v1_GetTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  getTask(argument: _signet_server_task_v1_GetTaskRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskOutput>): grpc.ClientUnaryCall;
  
  /**
   * @error NOT_FOUND there is no such entry. An entry without a policy has the default one.
   */
  GetTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  GetTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  GetTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  GetTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  /**
   * @error NOT_FOUND there is no such entry. An entry without a policy has the default one.
   */
  getTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  getTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  getTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  getTaskPolicy(argument: _signet_server_task_v1_GetTaskPolicyRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  
  /**
   * Of all entries that have one, by rising entry ID.
   */
  ListTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  ListTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  ListTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  ListTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Of all entries that have one, by rising entry ID.
   */
  listTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  listTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  listTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  listTaskPolicies(argument: _signet_server_task_v1_ListTaskPoliciesRequestInput, callback: grpc.requestCallback<_signet_server_task_v1_ListTaskPoliciesResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * Newest first.
   */
  ListTasks(argument: _signet_server_task_v1_ListTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_server_task_v1_ListTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_server_task_v1_ListTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_server_task_v1_ListTasksRequestInput, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Newest first.
   */
  listTasks(argument: _signet_server_task_v1_ListTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_server_task_v1_ListTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_server_task_v1_ListTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_server_task_v1_ListTasksRequestInput, callback: grpc.requestCallback<_signet_server_task_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  
  SetTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  SetTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  SetTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  SetTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  setTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  setTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  setTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  setTaskPolicy(argument: _signet_server_task_v1_SetTaskPolicyRequestInput, callback: grpc.requestCallback<_signet_types_v1_TaskPolicyOutput>): grpc.ClientUnaryCall;
  
}

/**
 * For operators and orchestrators: the local socket and admins.
 */
export interface TaskHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Begins a task for an entry of an agent, for an orchestrator that starts the work by other means.
   */
  BeginTask: grpc.handleUnaryCall<_signet_server_task_v1_BeginTaskRequestOutput, _signet_types_v1_TaskInput>;
  
  /**
   * Creates an entry together with its task policy: at no moment does it hold without.
   * @error ALREADY_EXISTS there is a similar entry.
   */
  CreateTaskEntry: grpc.handleUnaryCall<_signet_server_task_v1_CreateTaskEntryRequestOutput, _spire_api_types_EntryInput>;
  
  /**
   * Ends a task and all below it.
   */
  EndTask: grpc.handleUnaryCall<_signet_server_task_v1_EndTaskRequestOutput, _signet_server_task_v1_EndTaskResponseInput>;
  
  GetTask: grpc.handleUnaryCall<_signet_server_task_v1_GetTaskRequestOutput, _signet_types_v1_TaskInput>;
  
  /**
   * @error NOT_FOUND there is no such entry. An entry without a policy has the default one.
   */
  GetTaskPolicy: grpc.handleUnaryCall<_signet_server_task_v1_GetTaskPolicyRequestOutput, _signet_types_v1_TaskPolicyInput>;
  
  /**
   * Of all entries that have one, by rising entry ID.
   */
  ListTaskPolicies: grpc.handleUnaryCall<_signet_server_task_v1_ListTaskPoliciesRequestOutput, _signet_server_task_v1_ListTaskPoliciesResponseInput>;
  
  /**
   * Newest first.
   */
  ListTasks: grpc.handleUnaryCall<_signet_server_task_v1_ListTasksRequestOutput, _signet_server_task_v1_ListTasksResponseInput>;
  
  SetTaskPolicy: grpc.handleUnaryCall<_signet_server_task_v1_SetTaskPolicyRequestOutput, _signet_types_v1_TaskPolicyInput>;
  
}

export interface TaskDefinition extends grpc.ServiceDefinition {
  BeginTask: MethodDefinition<_signet_server_task_v1_BeginTaskRequestInput, _signet_types_v1_TaskInput, _signet_server_task_v1_BeginTaskRequestOutput, _signet_types_v1_TaskOutput>
  CreateTaskEntry: MethodDefinition<_signet_server_task_v1_CreateTaskEntryRequestInput, _spire_api_types_EntryInput, _signet_server_task_v1_CreateTaskEntryRequestOutput, _spire_api_types_EntryOutput>
  EndTask: MethodDefinition<_signet_server_task_v1_EndTaskRequestInput, _signet_server_task_v1_EndTaskResponseInput, _signet_server_task_v1_EndTaskRequestOutput, _signet_server_task_v1_EndTaskResponseOutput>
  GetTask: MethodDefinition<_signet_server_task_v1_GetTaskRequestInput, _signet_types_v1_TaskInput, _signet_server_task_v1_GetTaskRequestOutput, _signet_types_v1_TaskOutput>
  GetTaskPolicy: MethodDefinition<_signet_server_task_v1_GetTaskPolicyRequestInput, _signet_types_v1_TaskPolicyInput, _signet_server_task_v1_GetTaskPolicyRequestOutput, _signet_types_v1_TaskPolicyOutput>
  ListTaskPolicies: MethodDefinition<_signet_server_task_v1_ListTaskPoliciesRequestInput, _signet_server_task_v1_ListTaskPoliciesResponseInput, _signet_server_task_v1_ListTaskPoliciesRequestOutput, _signet_server_task_v1_ListTaskPoliciesResponseOutput>
  ListTasks: MethodDefinition<_signet_server_task_v1_ListTasksRequestInput, _signet_server_task_v1_ListTasksResponseInput, _signet_server_task_v1_ListTasksRequestOutput, _signet_server_task_v1_ListTasksResponseOutput>
  SetTaskPolicy: MethodDefinition<_signet_server_task_v1_SetTaskPolicyRequestInput, _signet_types_v1_TaskPolicyInput, _signet_server_task_v1_SetTaskPolicyRequestOutput, _signet_types_v1_TaskPolicyOutput>
}
