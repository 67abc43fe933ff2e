// Original file: proto/signet/agent/v1/agent.proto

import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../signet/types/v1/Task.ts';

export interface BeginTaskResponseInput {
  'task'?: (_signet_types_v1_TaskInput | null);
}

export interface BeginTaskResponseOutput {
  'task': (_signet_types_v1_TaskOutput | null);
}
