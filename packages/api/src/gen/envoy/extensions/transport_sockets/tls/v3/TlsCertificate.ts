// Original file: proto/envoy/extensions/transport_sockets/tls/v3/secret.proto

import type { DataSourceInput as _envoy_config_core_v3_DataSourceInput, DataSourceOutput as _envoy_config_core_v3_DataSourceOutput } from '../../../../../envoy/config/core/v3/DataSource.ts';

/**
 * A certificate chain with its private key.
 */
export interface TlsCertificateInput {
  'certificate_chain'?: (_envoy_config_core_v3_DataSourceInput | null);
  'private_key'?: (_envoy_config_core_v3_DataSourceInput | null);
}

/**
 * A certificate chain with its private key.
 */
export interface TlsCertificateOutput {
  'certificate_chain': (_envoy_config_core_v3_DataSourceOutput | null);
  'private_key': (_envoy_config_core_v3_DataSourceOutput | null);
}
