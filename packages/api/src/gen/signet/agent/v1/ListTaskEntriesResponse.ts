// Original file: proto/signet/agent/v1/agent.proto

import type { TaskEntryInput as _signet_agent_v1_TaskEntryInput, TaskEntryOutput as _signet_agent_v1_TaskEntryOutput } from '../../../signet/agent/v1/TaskEntry.ts';

export interface ListTaskEntriesResponseInput {
  'entries'?: (_signet_agent_v1_TaskEntryInput)[];
}

export interface ListTaskEntriesResponseOutput {
  'entries': (_signet_agent_v1_TaskEntryOutput)[];
}
