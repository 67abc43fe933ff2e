// Original file: proto/signet/agent/v1/agent.proto

import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../spire/api/types/Entry.ts';
import type { TaskPolicyInput as _signet_types_v1_TaskPolicyInput, TaskPolicyOutput as _signet_types_v1_TaskPolicyOutput } from '../../../signet/types/v1/TaskPolicy.ts';

export interface TaskEntryInput {
  'entry'?: (_spire_api_types_EntryInput | null);
  'policy'?: (_signet_types_v1_TaskPolicyInput | null);
}

export interface TaskEntryOutput {
  'entry': (_spire_api_types_EntryOutput | null);
  'policy': (_signet_types_v1_TaskPolicyOutput | null);
}
