// Original file: proto/spire/api/types/bundle.proto

import type { X509CertificateInput as _spire_api_types_X509CertificateInput, X509CertificateOutput as _spire_api_types_X509CertificateOutput } from '../../../spire/api/types/X509Certificate.ts';
import type { JWTKeyInput as _spire_api_types_JWTKeyInput, JWTKeyOutput as _spire_api_types_JWTKeyOutput } from '../../../spire/api/types/JWTKey.ts';
import type { WITKeyInput as _spire_api_types_WITKeyInput, WITKeyOutput as _spire_api_types_WITKeyOutput } from '../../../spire/api/types/WITKey.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * The authorities of one trust domain.
 */
export interface BundleInput {
  'trust_domain'?: (string);
  'x509_authorities'?: (_spire_api_types_X509CertificateInput)[];
  'jwt_authorities'?: (_spire_api_types_JWTKeyInput)[];
  /**
   * Seconds; 0 when none is set.
   */
  'refresh_hint'?: (number | string | Long);
  /**
   * Rises with every change of the bundle.
   */
  'sequence_number'?: (number | string | Long);
  'wit_authorities'?: (_spire_api_types_WITKeyInput)[];
}

/**
 * The authorities of one trust domain.
 */
export interface BundleOutput {
  'trust_domain': (string);
  'x509_authorities': (_spire_api_types_X509CertificateOutput)[];
  'jwt_authorities': (_spire_api_types_JWTKeyOutput)[];
  /**
   * Seconds; 0 when none is set.
   */
  'refresh_hint': (string);
  /**
   * Rises with every change of the bundle.
   */
  'sequence_number': (string);
  'wit_authorities': (_spire_api_types_WITKeyOutput)[];
}
