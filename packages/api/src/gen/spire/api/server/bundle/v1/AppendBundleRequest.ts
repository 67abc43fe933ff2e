// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { X509CertificateInput as _spire_api_types_X509CertificateInput, X509CertificateOutput as _spire_api_types_X509CertificateOutput } from '../../../../../spire/api/types/X509Certificate.ts';
import type { JWTKeyInput as _spire_api_types_JWTKeyInput, JWTKeyOutput as _spire_api_types_JWTKeyOutput } from '../../../../../spire/api/types/JWTKey.ts';
import type { BundleMaskInput as _spire_api_types_BundleMaskInput, BundleMaskOutput as _spire_api_types_BundleMaskOutput } from '../../../../../spire/api/types/BundleMask.ts';
import type { WITKeyInput as _spire_api_types_WITKeyInput, WITKeyOutput as _spire_api_types_WITKeyOutput } from '../../../../../spire/api/types/WITKey.ts';

export interface AppendBundleRequestInput {
  'x509_authorities'?: (_spire_api_types_X509CertificateInput)[];
  'jwt_authorities'?: (_spire_api_types_JWTKeyInput)[];
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_BundleMaskInput | null);
  'wit_authorities'?: (_spire_api_types_WITKeyInput)[];
}

export interface AppendBundleRequestOutput {
  'x509_authorities': (_spire_api_types_X509CertificateOutput)[];
  'jwt_authorities': (_spire_api_types_JWTKeyOutput)[];
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_BundleMaskOutput | null);
  'wit_authorities': (_spire_api_types_WITKeyOutput)[];
}
