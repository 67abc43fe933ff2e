// Original file: proto/signet/agent/v1/agent.proto

import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../signet/types/v1/Task.ts';

export interface EndTasksResponseInput {
  /**
   * Those named, also when they had ended before, and those that ended with them; without purpose and scope.
   */
  'ended'?: (_signet_types_v1_TaskInput)[];
}

export interface EndTasksResponseOutput {
  /**
   * Those named, also when they had ended before, and those that ended with them; without purpose and scope.
   */
  'ended': (_signet_types_v1_TaskOutput)[];
}
