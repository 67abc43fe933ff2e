// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { AttestationDataInput as _spire_api_types_AttestationDataInput, AttestationDataOutput as _spire_api_types_AttestationDataOutput } from '../../../../../spire/api/types/AttestationData.ts';
import type { AgentX509SVIDParamsInput as _spire_api_server_agent_v1_AgentX509SVIDParamsInput, AgentX509SVIDParamsOutput as _spire_api_server_agent_v1_AgentX509SVIDParamsOutput } from '../../../../../spire/api/server/agent/v1/AgentX509SVIDParams.ts';

/**
 * The attestation data, and the CSR of the SVID that is asked for.
 */
export interface _spire_api_server_agent_v1_AttestAgentRequest_ParamsInput {
  'data'?: (_spire_api_types_AttestationDataInput | null);
  'params'?: (_spire_api_server_agent_v1_AgentX509SVIDParamsInput | null);
}

/**
 * The attestation data, and the CSR of the SVID that is asked for.
 */
export interface _spire_api_server_agent_v1_AttestAgentRequest_ParamsOutput {
  'data': (_spire_api_types_AttestationDataOutput | null);
  'params': (_spire_api_server_agent_v1_AgentX509SVIDParamsOutput | null);
}

export interface AttestAgentRequestInput {
  'params'?: (_spire_api_server_agent_v1_AttestAgentRequest_ParamsInput | null);
  'challenge_response'?: (Buffer | Uint8Array | string);
  'step'?: "params"|"challenge_response";
}

export interface AttestAgentRequestOutput {
  'params'?: (_spire_api_server_agent_v1_AttestAgentRequest_ParamsOutput | null);
  'challenge_response'?: (Buffer);
  'step'?: "params"|"challenge_response";
}
