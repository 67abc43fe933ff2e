// Original file: proto/envoy/extensions/transport_sockets/tls/v3/secret.proto

import type { TlsCertificateInput as _envoy_extensions_transport_sockets_tls_v3_TlsCertificateInput, TlsCertificateOutput as _envoy_extensions_transport_sockets_tls_v3_TlsCertificateOutput } from '../../../../../envoy/extensions/transport_sockets/tls/v3/TlsCertificate.ts';
import type { CertificateValidationContextInput as _envoy_extensions_transport_sockets_tls_v3_CertificateValidationContextInput, CertificateValidationContextOutput as _envoy_extensions_transport_sockets_tls_v3_CertificateValidationContextOutput } from '../../../../../envoy/extensions/transport_sockets/tls/v3/CertificateValidationContext.ts';

/**
 * A named secret.
 */
export interface SecretInput {
  'name'?: (string);
  'tls_certificate'?: (_envoy_extensions_transport_sockets_tls_v3_TlsCertificateInput | null);
  'validation_context'?: (_envoy_extensions_transport_sockets_tls_v3_CertificateValidationContextInput | null);
  'type'?: "tls_certificate"|"validation_context";
}

/**
 * A named secret.
 */
export interface SecretOutput {
  'name': (string);
  'tls_certificate'?: (_envoy_extensions_transport_sockets_tls_v3_TlsCertificateOutput | null);
  'validation_context'?: (_envoy_extensions_transport_sockets_tls_v3_CertificateValidationContextOutput | null);
  'type'?: "tls_certificate"|"validation_context";
}
