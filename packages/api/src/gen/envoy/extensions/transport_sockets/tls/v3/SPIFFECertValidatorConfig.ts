// Original file: proto/envoy/extensions/transport_sockets/tls/v3/secret.proto

import type { DataSourceInput as _envoy_config_core_v3_DataSourceInput, DataSourceOutput as _envoy_config_core_v3_DataSourceOutput } from '../../../../../envoy/config/core/v3/DataSource.ts';

/**
 * One trust domain and its bundle.
 */
export interface _envoy_extensions_transport_sockets_tls_v3_SPIFFECertValidatorConfig_TrustDomainInput {
  'name'?: (string);
  'trust_bundle'?: (_envoy_config_core_v3_DataSourceInput | null);
}

/**
 * One trust domain and its bundle.
 */
export interface _envoy_extensions_transport_sockets_tls_v3_SPIFFECertValidatorConfig_TrustDomainOutput {
  'name': (string);
  'trust_bundle': (_envoy_config_core_v3_DataSourceOutput | null);
}

/**
 * Bundles for Envoy's SPIFFE validator, a trust domain each.
 */
export interface SPIFFECertValidatorConfigInput {
  'trust_domains'?: (_envoy_extensions_transport_sockets_tls_v3_SPIFFECertValidatorConfig_TrustDomainInput)[];
}

/**
 * Bundles for Envoy's SPIFFE validator, a trust domain each.
 */
export interface SPIFFECertValidatorConfigOutput {
  'trust_domains': (_envoy_extensions_transport_sockets_tls_v3_SPIFFECertValidatorConfig_TrustDomainOutput)[];
}
