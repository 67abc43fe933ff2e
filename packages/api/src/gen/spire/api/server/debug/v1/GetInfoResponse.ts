// Original file: proto/spire/api/server/debug/v1/debug.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../../spire/api/types/SPIFFEID.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * One certificate of the SVID chain in use.
 */
export interface _spire_api_server_debug_v1_GetInfoResponse_CertInput {
  'id'?: (_spire_api_types_SPIFFEIDInput | null);
  /**
   * Unix seconds.
   */
  'expires_at'?: (number | string | Long);
  'subject'?: (string);
}

/**
 * One certificate of the SVID chain in use.
 */
export interface _spire_api_server_debug_v1_GetInfoResponse_CertOutput {
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  /**
   * Unix seconds.
   */
  'expires_at': (string);
  'subject': (string);
}

export interface GetInfoResponseInput {
  'svid_chain'?: (_spire_api_server_debug_v1_GetInfoResponse_CertInput)[];
  /**
   * Seconds.
   */
  'uptime'?: (number);
  'agents_count'?: (number);
  'federated_bundles_count'?: (number);
  'entries_count'?: (number);
}

export interface GetInfoResponseOutput {
  'svid_chain': (_spire_api_server_debug_v1_GetInfoResponse_CertOutput)[];
  /**
   * Seconds.
   */
  'uptime': (number);
  'agents_count': (number);
  'federated_bundles_count': (number);
  'entries_count': (number);
}
