// Original file: proto/signet/agent/v1/agent.proto

import type { TaskEndingInput as _signet_agent_v1_TaskEndingInput, TaskEndingOutput as _signet_agent_v1_TaskEndingOutput } from '../../../signet/agent/v1/TaskEnding.ts';

export interface EndTasksRequestInput {
  /**
   * At most 1000. Tasks that the server does not know of are passed over; when it knows none of them, NOT_FOUND.
   */
  'endings'?: (_signet_agent_v1_TaskEndingInput)[];
}

export interface EndTasksRequestOutput {
  /**
   * At most 1000. Tasks that the server does not know of are passed over; when it knows none of them, NOT_FOUND.
   */
  'endings': (_signet_agent_v1_TaskEndingOutput)[];
}
