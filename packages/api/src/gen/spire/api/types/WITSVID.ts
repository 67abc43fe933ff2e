// Original file: proto/spire/api/types/witsvid.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../spire/api/types/SPIFFEID.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * A signed, key-bound token for one SPIFFE ID.
 */
export interface WITSVIDInput {
  'token'?: (string);
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
  /**
   * Unix seconds.
   */
  'expires_at'?: (number | string | Long);
  /**
   * Unix seconds.
   */
  'issued_at'?: (number | string | Long);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint'?: (string);
}

/**
 * A signed, key-bound token for one SPIFFE ID.
 */
export interface WITSVIDOutput {
  'token': (string);
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  /**
   * Unix seconds.
   */
  'expires_at': (string);
  /**
   * Unix seconds.
   */
  'issued_at': (string);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint': (string);
}
