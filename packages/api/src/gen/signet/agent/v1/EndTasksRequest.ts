// Original file: proto/signet/agent/v1/agent.proto

import type { TaskEndingInput as _signet_agent_v1_TaskEndingInput, TaskEndingOutput as _signet_agent_v1_TaskEndingOutput } from '../../../signet/agent/v1/TaskEnding.ts';

export interface EndTasksRequestInput {
  'endings'?: (_signet_agent_v1_TaskEndingInput)[];
}

export interface EndTasksRequestOutput {
  'endings': (_signet_agent_v1_TaskEndingOutput)[];
}
