// Original file: proto/envoy/extensions/transport_sockets/tls/v3/secret.proto

import type { DataSourceInput as _envoy_config_core_v3_DataSourceInput, DataSourceOutput as _envoy_config_core_v3_DataSourceOutput } from '../../../../../envoy/config/core/v3/DataSource.ts';
import type { TypedExtensionConfigInput as _envoy_config_core_v3_TypedExtensionConfigInput, TypedExtensionConfigOutput as _envoy_config_core_v3_TypedExtensionConfigOutput } from '../../../../../envoy/config/core/v3/TypedExtensionConfig.ts';

/**
 * What a peer's certificate is validated against.
 */
export interface CertificateValidationContextInput {
  'trusted_ca'?: (_envoy_config_core_v3_DataSourceInput | null);
  'custom_validator_config'?: (_envoy_config_core_v3_TypedExtensionConfigInput | null);
}

/**
 * What a peer's certificate is validated against.
 */
export interface CertificateValidationContextOutput {
  'trusted_ca': (_envoy_config_core_v3_DataSourceOutput | null);
  'custom_validator_config': (_envoy_config_core_v3_TypedExtensionConfigOutput | null);
}
