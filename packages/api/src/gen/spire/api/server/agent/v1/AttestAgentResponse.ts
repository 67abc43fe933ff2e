// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { X509SVIDInput as _spire_api_types_X509SVIDInput, X509SVIDOutput as _spire_api_types_X509SVIDOutput } from '../../../../../spire/api/types/X509SVID.ts';

/**
 * The agent's SVID, and whether this agent may attest again.
 */
export interface _spire_api_server_agent_v1_AttestAgentResponse_ResultInput {
  'svid'?: (_spire_api_types_X509SVIDInput | null);
  /**
   * Attest again instead of renewing.
   */
  'reattestable'?: (boolean);
}

/**
 * The agent's SVID, and whether this agent may attest again.
 */
export interface _spire_api_server_agent_v1_AttestAgentResponse_ResultOutput {
  'svid': (_spire_api_types_X509SVIDOutput | null);
  /**
   * Attest again instead of renewing.
   */
  'reattestable': (boolean);
}

export interface AttestAgentResponseInput {
  'result'?: (_spire_api_server_agent_v1_AttestAgentResponse_ResultInput | null);
  'challenge'?: (Buffer | Uint8Array | string);
  'step'?: "result"|"challenge";
}

export interface AttestAgentResponseOutput {
  'result'?: (_spire_api_server_agent_v1_AttestAgentResponse_ResultOutput | null);
  'challenge'?: (Buffer);
  'step'?: "result"|"challenge";
}
