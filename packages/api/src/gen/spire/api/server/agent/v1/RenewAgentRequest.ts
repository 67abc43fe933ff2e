// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { AgentX509SVIDParamsInput as _spire_api_server_agent_v1_AgentX509SVIDParamsInput, AgentX509SVIDParamsOutput as _spire_api_server_agent_v1_AgentX509SVIDParamsOutput } from '../../../../../spire/api/server/agent/v1/AgentX509SVIDParams.ts';

export interface RenewAgentRequestInput {
  'params'?: (_spire_api_server_agent_v1_AgentX509SVIDParamsInput | null);
}

export interface RenewAgentRequestOutput {
  'params': (_spire_api_server_agent_v1_AgentX509SVIDParamsOutput | null);
}
