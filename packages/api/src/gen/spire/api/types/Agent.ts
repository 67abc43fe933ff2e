// Original file: proto/spire/api/types/agent.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../spire/api/types/SPIFFEID.ts';
import type { SelectorInput as _spire_api_types_SelectorInput, SelectorOutput as _spire_api_types_SelectorOutput } from '../../../spire/api/types/Selector.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * A node that has attested.
 */
export interface AgentInput {
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
  'attestation_type'?: (string);
  /**
   * Decimal.
   */
  'x509svid_serial_number'?: (string);
  /**
   * Unix seconds.
   */
  'x509svid_expires_at'?: (number | string | Long);
  'selectors'?: (_spire_api_types_SelectorInput)[];
  'banned'?: (boolean);
  'can_reattest'?: (boolean);
  'agent_version'?: (string);
}

/**
 * A node that has attested.
 */
export interface AgentOutput {
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  'attestation_type': (string);
  /**
   * Decimal.
   */
  'x509svid_serial_number': (string);
  /**
   * Unix seconds.
   */
  'x509svid_expires_at': (string);
  'selectors': (_spire_api_types_SelectorOutput)[];
  'banned': (boolean);
  'can_reattest': (boolean);
  'agent_version': (string);
}
