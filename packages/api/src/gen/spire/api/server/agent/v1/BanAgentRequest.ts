// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../../spire/api/types/SPIFFEID.ts';

export interface BanAgentRequestInput {
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
}

export interface BanAgentRequestOutput {
  'id': (_spire_api_types_SPIFFEIDOutput | null);
}
