// Original file: proto/spire/agent/debug/v1/debug.proto

import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../spire/api/types/SPIFFEID.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * One certificate of the SVID chain in use.
 */
export interface _spire_agent_debug_v1_GetInfoResponse_CertInput {
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
export interface _spire_agent_debug_v1_GetInfoResponse_CertOutput {
  'id': (_spire_api_types_SPIFFEIDOutput | null);
  /**
   * Unix seconds.
   */
  'expires_at': (string);
  'subject': (string);
}

export interface GetInfoResponseInput {
  'svid_chain'?: (_spire_agent_debug_v1_GetInfoResponse_CertInput)[];
  /**
   * Seconds.
   */
  'uptime'?: (number);
  'svids_count'?: (number);
  /**
   * Unix seconds.
   */
  'last_sync_success'?: (number | string | Long);
  'cached_x509_svids_count'?: (number);
  'cached_jwt_svids_count'?: (number);
  'cached_svidstore_x509_svids_count'?: (number);
}

export interface GetInfoResponseOutput {
  'svid_chain': (_spire_agent_debug_v1_GetInfoResponse_CertOutput)[];
  /**
   * Seconds.
   */
  'uptime': (number);
  'svids_count': (number);
  /**
   * Unix seconds.
   */
  'last_sync_success': (string);
  'cached_x509_svids_count': (number);
  'cached_jwt_svids_count': (number);
  'cached_svidstore_x509_svids_count': (number);
}
