// Original file: proto/signet/workload/v1/workload.proto

import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../signet/types/v1/Task.ts';

export interface ListTasksResponseInput {
  'tasks'?: (_signet_types_v1_TaskInput)[];
}

export interface ListTasksResponseOutput {
  'tasks': (_signet_types_v1_TaskOutput)[];
}
