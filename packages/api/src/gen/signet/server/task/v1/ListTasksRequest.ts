// Original file: proto/signet/server/task/v1/task.proto

import type { TaskStateInput as _signet_types_v1_TaskStateInput, TaskStateOutput as _signet_types_v1_TaskStateOutput } from '../../../../signet/types/v1/TaskState.ts';

export interface _signet_server_task_v1_ListTasksRequest_FilterInput {
  'spiffe_id'?: (string);
  'entry_id'?: (string);
  'agent_id'?: (string);
  'parent_id'?: (string);
  'state'?: (_signet_types_v1_TaskStateInput);
}

export interface _signet_server_task_v1_ListTasksRequest_FilterOutput {
  'spiffe_id': (string);
  'entry_id': (string);
  'agent_id': (string);
  'parent_id': (string);
  'state': (_signet_types_v1_TaskStateOutput);
}

export interface ListTasksRequestInput {
  'filter'?: (_signet_server_task_v1_ListTasksRequest_FilterInput | null);
  /**
   * At most 1000; 0: 1000.
   */
  'page_size'?: (number);
  'page_token'?: (string);
}

export interface ListTasksRequestOutput {
  'filter': (_signet_server_task_v1_ListTasksRequest_FilterOutput | null);
  /**
   * At most 1000; 0: 1000.
   */
  'page_size': (number);
  'page_token': (string);
}
