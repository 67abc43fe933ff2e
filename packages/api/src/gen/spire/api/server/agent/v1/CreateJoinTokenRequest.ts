// Original file: proto/spire/api/server/agent/v1/agent.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../../spire/api/types/SPIFFEID.ts';

export interface CreateJoinTokenRequestInput {
  /**
   * Seconds, at least 1.
   */
  'ttl'?: (number);
  /**
   * The token to use; empty for a random one.
   */
  'token'?: (string);
  /**
   * When set: an entry gives this ID to the agent, as an alias.
   */
  'agent_id'?: (_spire_api_types_SPIFFEIDInput | null);
}

export interface CreateJoinTokenRequestOutput {
  /**
   * Seconds, at least 1.
   */
  'ttl': (number);
  /**
   * The token to use; empty for a random one.
   */
  'token': (string);
  /**
   * When set: an entry gives this ID to the agent, as an alias.
   */
  'agent_id': (_spire_api_types_SPIFFEIDOutput | null);
}
