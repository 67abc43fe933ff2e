// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { AgentInput as _spire_api_types_AgentInput, AgentOutput as _spire_api_types_AgentOutput } from '../../../../../spire/api/types/Agent.ts';

export interface ListAgentsResponseInput {
  'agents'?: (_spire_api_types_AgentInput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token'?: (string);
}

export interface ListAgentsResponseOutput {
  'agents': (_spire_api_types_AgentOutput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token': (string);
}
