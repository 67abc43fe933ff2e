// Original file: proto/spire/api/agent/delegatedidentity/v1/delegatedidentity.proto

import type { X509SVIDInput as _spire_api_types_X509SVIDInput, X509SVIDOutput as _spire_api_types_X509SVIDOutput } from '../../../../../spire/api/types/X509SVID.ts';

/**
 * An X.509-SVID with its private key.
 */
export interface X509SVIDWithKeyInput {
  'x509_svid'?: (_spire_api_types_X509SVIDInput | null);
  'x509_svid_key'?: (Buffer | Uint8Array | string);
}

/**
 * An X.509-SVID with its private key.
 */
export interface X509SVIDWithKeyOutput {
  'x509_svid': (_spire_api_types_X509SVIDOutput | null);
  'x509_svid_key': (Buffer);
}
