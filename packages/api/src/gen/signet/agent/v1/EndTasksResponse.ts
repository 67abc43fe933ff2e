// Original file: proto/signet/agent/v1/agent.proto

import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../signet/types/v1/Task.ts';

export interface EndTasksResponseInput {
  /**
   * Including those below the ones named.
   */
  'ended'?: (_signet_types_v1_TaskInput)[];
}

export interface EndTasksResponseOutput {
  /**
   * Including those below the ones named.
   */
  'ended': (_signet_types_v1_TaskOutput)[];
}
