// Original file: proto/signet/server/task/v1/task.proto

import type { TaskPolicyInput as _signet_types_v1_TaskPolicyInput, TaskPolicyOutput as _signet_types_v1_TaskPolicyOutput } from '../../../../signet/types/v1/TaskPolicy.ts';

export interface EntryTaskPolicyInput {
  'entry_id'?: (string);
  'policy'?: (_signet_types_v1_TaskPolicyInput | null);
}

export interface EntryTaskPolicyOutput {
  'entry_id': (string);
  'policy': (_signet_types_v1_TaskPolicyOutput | null);
}
