// Original file: proto/spire/api/types/bundle.proto


/**
 * A CA certificate of a bundle.
 */
export interface X509CertificateInput {
  /**
   * One DER certificate.
   */
  'asn1'?: (Buffer | Uint8Array | string);
  /**
   * What this authority signed is to be replaced.
   */
  'tainted'?: (boolean);
}

/**
 * A CA certificate of a bundle.
 */
export interface X509CertificateOutput {
  /**
   * One DER certificate.
   */
  'asn1': (Buffer);
  /**
   * What this authority signed is to be replaced.
   */
  'tainted': (boolean);
}
