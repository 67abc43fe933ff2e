// Original file: proto/signet/workload/v1/workload.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BeginTaskRequestInput as _signet_workload_v1_BeginTaskRequestInput, BeginTaskRequestOutput as _signet_workload_v1_BeginTaskRequestOutput } from '../../../signet/workload/v1/BeginTaskRequest.ts';
import type { BeginTaskResponseInput as _signet_workload_v1_BeginTaskResponseInput, BeginTaskResponseOutput as _signet_workload_v1_BeginTaskResponseOutput } from '../../../signet/workload/v1/BeginTaskResponse.ts';
import type { EndTaskRequestInput as _signet_workload_v1_EndTaskRequestInput, EndTaskRequestOutput as _signet_workload_v1_EndTaskRequestOutput } from '../../../signet/workload/v1/EndTaskRequest.ts';
import type { EndTaskResponseInput as _signet_workload_v1_EndTaskResponseInput, EndTaskResponseOutput as _signet_workload_v1_EndTaskResponseOutput } from '../../../signet/workload/v1/EndTaskResponse.ts';
import type { ListTasksRequestInput as _signet_workload_v1_ListTasksRequestInput, ListTasksRequestOutput as _signet_workload_v1_ListTasksRequestOutput } from '../../../signet/workload/v1/ListTasksRequest.ts';
import type { ListTasksResponseInput as _signet_workload_v1_ListTasksResponseInput, ListTasksResponseOutput as _signet_workload_v1_ListTasksResponseOutput } from '../../../signet/workload/v1/ListTasksResponse.ts';
import type { WatchRevocationsRequestInput as _signet_workload_v1_WatchRevocationsRequestInput, WatchRevocationsRequestOutput as _signet_workload_v1_WatchRevocationsRequestOutput } from '../../../signet/workload/v1/WatchRevocationsRequest.ts';
import type { WatchRevocationsResponseInput as _signet_workload_v1_WatchRevocationsResponseInput, WatchRevocationsResponseOutput as _signet_workload_v1_WatchRevocationsResponseOutput } from '../../../signet/workload/v1/WatchRevocationsResponse.ts';

export interface WorkloadClient extends grpc.Client {
  /**
   * Begins a task. The first answer names it; the stream then stays open, and its end is the task's end. The last message
   * says why when the task ended otherwise. The calls of the Workload API with the metadata `signet-task-id: <its id>` are
   * answered for the task: NOT_FOUND for all but its owner, FAILED_PRECONDITION once it has ended.
   */
  BeginTask(argument: _signet_workload_v1_BeginTaskRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_BeginTaskResponseOutput>;
  BeginTask(argument: _signet_workload_v1_BeginTaskRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_BeginTaskResponseOutput>;
  /**
   * Begins a task. The first answer names it; the stream then stays open, and its end is the task's end. The last message
   * says why when the task ended otherwise. The calls of the Workload API with the metadata `signet-task-id: <its id>` are
   * answered for the task: NOT_FOUND for all but its owner, FAILED_PRECONDITION once it has ended.
   */
  beginTask(argument: _signet_workload_v1_BeginTaskRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_BeginTaskResponseOutput>;
  beginTask(argument: _signet_workload_v1_BeginTaskRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_BeginTaskResponseOutput>;
  
  /**
   * Ends a task of the caller well, before its stream ends.
   */
  EndTask(argument: _signet_workload_v1_EndTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  EndTask(argument: _signet_workload_v1_EndTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  EndTask(argument: _signet_workload_v1_EndTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  EndTask(argument: _signet_workload_v1_EndTaskRequestInput, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  /**
   * Ends a task of the caller well, before its stream ends.
   */
  endTask(argument: _signet_workload_v1_EndTaskRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  endTask(argument: _signet_workload_v1_EndTaskRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  endTask(argument: _signet_workload_v1_EndTaskRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  endTask(argument: _signet_workload_v1_EndTaskRequestInput, callback: grpc.requestCallback<_signet_workload_v1_EndTaskResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * The active tasks of the caller's identities, by whichever of its processes they were begun.
   */
  ListTasks(argument: _signet_workload_v1_ListTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_workload_v1_ListTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_workload_v1_ListTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  ListTasks(argument: _signet_workload_v1_ListTasksRequestInput, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  /**
   * The active tasks of the caller's identities, by whichever of its processes they were begun.
   */
  listTasks(argument: _signet_workload_v1_ListTasksRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_workload_v1_ListTasksRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_workload_v1_ListTasksRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  listTasks(argument: _signet_workload_v1_ListTasksRequestInput, callback: grpc.requestCallback<_signet_workload_v1_ListTasksResponseOutput>): grpc.ClientUnaryCall;
  
  /**
   * What verifiers have to refuse, now and as it changes.
   */
  WatchRevocations(argument: _signet_workload_v1_WatchRevocationsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_WatchRevocationsResponseOutput>;
  WatchRevocations(argument: _signet_workload_v1_WatchRevocationsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_WatchRevocationsResponseOutput>;
  /**
   * What verifiers have to refuse, now and as it changes.
   */
  watchRevocations(argument: _signet_workload_v1_WatchRevocationsRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_WatchRevocationsResponseOutput>;
  watchRevocations(argument: _signet_workload_v1_WatchRevocationsRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_signet_workload_v1_WatchRevocationsResponseOutput>;
  
}

export interface WorkloadHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Begins a task. The first answer names it; the stream then stays open, and its end is the task's end. The last message
   * says why when the task ended otherwise. The calls of the Workload API with the metadata `signet-task-id: <its id>` are
   * answered for the task: NOT_FOUND for all but its owner, FAILED_PRECONDITION once it has ended.
   */
  BeginTask: grpc.handleServerStreamingCall<_signet_workload_v1_BeginTaskRequestOutput, _signet_workload_v1_BeginTaskResponseInput>;
  
  /**
   * Ends a task of the caller well, before its stream ends.
   */
  EndTask: grpc.handleUnaryCall<_signet_workload_v1_EndTaskRequestOutput, _signet_workload_v1_EndTaskResponseInput>;
  
  /**
   * The active tasks of the caller's identities, by whichever of its processes they were begun.
   */
  ListTasks: grpc.handleUnaryCall<_signet_workload_v1_ListTasksRequestOutput, _signet_workload_v1_ListTasksResponseInput>;
  
  /**
   * What verifiers have to refuse, now and as it changes.
   */
  WatchRevocations: grpc.handleServerStreamingCall<_signet_workload_v1_WatchRevocationsRequestOutput, _signet_workload_v1_WatchRevocationsResponseInput>;
  
}

export interface WorkloadDefinition extends grpc.ServiceDefinition {
  BeginTask: MethodDefinition<_signet_workload_v1_BeginTaskRequestInput, _signet_workload_v1_BeginTaskResponseInput, _signet_workload_v1_BeginTaskRequestOutput, _signet_workload_v1_BeginTaskResponseOutput>
  EndTask: MethodDefinition<_signet_workload_v1_EndTaskRequestInput, _signet_workload_v1_EndTaskResponseInput, _signet_workload_v1_EndTaskRequestOutput, _signet_workload_v1_EndTaskResponseOutput>
  ListTasks: MethodDefinition<_signet_workload_v1_ListTasksRequestInput, _signet_workload_v1_ListTasksResponseInput, _signet_workload_v1_ListTasksRequestOutput, _signet_workload_v1_ListTasksResponseOutput>
  WatchRevocations: MethodDefinition<_signet_workload_v1_WatchRevocationsRequestInput, _signet_workload_v1_WatchRevocationsResponseInput, _signet_workload_v1_WatchRevocationsRequestOutput, _signet_workload_v1_WatchRevocationsResponseOutput>
}
