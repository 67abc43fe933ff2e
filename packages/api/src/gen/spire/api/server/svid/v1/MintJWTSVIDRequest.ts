// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../../spire/api/types/SPIFFEID.ts';

export interface MintJWTSVIDRequestInput {
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
  /**
   * At least one.
   */
  'audience'?: (string)[];
  /**
   * Seconds; 0 means the default.
   */
  'ttl'?: (number);
}

export interface MintJWTSVIDRequestOutput {
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  /**
   * At least one.
   */
  'audience': (string)[];
  /**
   * Seconds; 0 means the default.
   */
  'ttl': (number);
}
