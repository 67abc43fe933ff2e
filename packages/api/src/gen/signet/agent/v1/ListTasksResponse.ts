// Original file: proto/signet/agent/v1/agent.proto

import type { TaskInput as _signet_types_v1_TaskInput, TaskOutput as _signet_types_v1_TaskOutput } from '../../../signet/types/v1/Task.ts';

export interface ListTasksResponseInput {
  'tasks'?: (_signet_types_v1_TaskInput)[];
  /**
   * Empty on the last page.
   */
  'next_page_token'?: (string);
}

export interface ListTasksResponseOutput {
  'tasks': (_signet_types_v1_TaskOutput)[];
  /**
   * Empty on the last page.
   */
  'next_page_token': (string);
}
