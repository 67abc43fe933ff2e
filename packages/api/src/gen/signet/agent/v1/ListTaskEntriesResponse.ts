// Original file: proto/signet/agent/v1/agent.proto

import type { TaskEntryInput as _signet_agent_v1_TaskEntryInput, TaskEntryOutput as _signet_agent_v1_TaskEntryOutput } from '../../../signet/agent/v1/TaskEntry.ts';

export interface ListTaskEntriesResponseInput {
  /**
   * Those that are for tasks only, and those with a policy of their own.
   */
  'entries'?: (_signet_agent_v1_TaskEntryInput)[];
  /**
   * Empty on the last page.
   */
  'next_page_token'?: (string);
}

export interface ListTaskEntriesResponseOutput {
  /**
   * Those that are for tasks only, and those with a policy of their own.
   */
  'entries': (_signet_agent_v1_TaskEntryOutput)[];
  /**
   * Empty on the last page.
   */
  'next_page_token': (string);
}
