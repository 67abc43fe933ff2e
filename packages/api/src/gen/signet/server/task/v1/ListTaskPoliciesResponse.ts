// Original file: proto/signet/server/task/v1/task.proto

import type { EntryTaskPolicyInput as _signet_server_task_v1_EntryTaskPolicyInput, EntryTaskPolicyOutput as _signet_server_task_v1_EntryTaskPolicyOutput } from '../../../../signet/server/task/v1/EntryTaskPolicy.ts';

export interface ListTaskPoliciesResponseInput {
  'policies'?: (_signet_server_task_v1_EntryTaskPolicyInput)[];
  'next_page_token'?: (string);
}

export interface ListTaskPoliciesResponseOutput {
  'policies': (_signet_server_task_v1_EntryTaskPolicyOutput)[];
  'next_page_token': (string);
}
