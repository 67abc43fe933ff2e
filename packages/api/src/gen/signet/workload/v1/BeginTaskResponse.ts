// Original file: proto/signet/workload/v1/workload.proto

import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../signet/types/v1/Task.ts';

export interface BeginTaskResponseInput {
  'task'?: (_signet_types_v1_TaskInput | null);
  /**
   * Workload API address of the task's own socket, `unix:///…`; with is_process_tree only.
   */
  'endpoint'?: (string);
}

export interface BeginTaskResponseOutput {
  'task': (_signet_types_v1_TaskOutput | null);
  /**
   * Workload API address of the task's own socket, `unix:///…`; with is_process_tree only.
   */
  'endpoint': (string);
}
