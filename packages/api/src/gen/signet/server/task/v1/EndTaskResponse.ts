// Original file: proto/signet/server/task/v1/task.proto

import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../../signet/types/v1/Task.ts';

export interface EndTaskResponseInput {
  /**
   * Including those below it.
   */
  'ended'?: (_signet_types_v1_TaskInput)[];
}

export interface EndTaskResponseOutput {
  /**
   * Including those below it.
   */
  'ended': (_signet_types_v1_TaskOutput)[];
}
