// Original file: proto/spire/api/types/x509svid.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../spire/api/types/SPIFFEID.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * A certificate chain for one SPIFFE ID.
 */
export interface X509SVIDInput {
  /**
   * DER, the leaf first, without the root.
   */
  'cert_chain'?: (Buffer | Uint8Array | string)[];
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
  /**
   * Unix seconds.
   */
  'expires_at'?: (number | string | Long);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint'?: (string);
}

/**
 * A certificate chain for one SPIFFE ID.
 */
export interface X509SVIDOutput {
  /**
   * DER, the leaf first, without the root.
   */
  'cert_chain': (Buffer)[];
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  /**
   * Unix seconds.
   */
  'expires_at': (string);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint': (string);
}
