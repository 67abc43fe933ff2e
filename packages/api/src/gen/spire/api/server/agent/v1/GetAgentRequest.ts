// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../../spire/api/types/SPIFFEID.ts';
import type { AgentMaskInput as _spire_api_types_AgentMaskInput, AgentMaskOutput as _spire_api_types_AgentMaskOutput } from '../../../../../spire/api/types/AgentMask.ts';

export interface GetAgentRequestInput {
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_AgentMaskInput | null);
}

export interface GetAgentRequestOutput {
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_AgentMaskOutput | null);
}
