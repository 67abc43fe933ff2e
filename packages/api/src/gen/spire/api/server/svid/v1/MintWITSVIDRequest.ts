// Original file: proto/spire/api/server/svid/v1/svid.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../../spire/api/types/SPIFFEID.ts';

export interface MintWITSVIDRequestInput {
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
  /**
   * PKIX, DER.
   */
  'public_key'?: (Buffer | Uint8Array | string);
  /**
   * Seconds; 0 means the default.
   */
  'ttl'?: (number);
  'signing_algorithm'?: (string);
}

export interface MintWITSVIDRequestOutput {
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  /**
   * PKIX, DER.
   */
  'public_key': (Buffer);
  /**
   * Seconds; 0 means the default.
   */
  'ttl': (number);
  'signing_algorithm': (string);
}
