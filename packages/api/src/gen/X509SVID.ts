// Original file: proto/spiffe/workload/workload.proto


/**
 * An X.509-SVID with its key and bundle.
 */
export interface X509SVIDInput {
  'spiffe_id'?: (string);
  /**
   * DER, concatenated: the leaf first, then intermediates.
   */
  'x509_svid'?: (Buffer | Uint8Array | string);
  /**
   * PKCS#8, DER, not encrypted.
   */
  'x509_svid_key'?: (Buffer | Uint8Array | string);
  /**
   * DER CA certificates of the SVID's own trust domain, concatenated.
   */
  'bundle'?: (Buffer | Uint8Array | string);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint'?: (string);
}

/**
 * An X.509-SVID with its key and bundle.
 */
export interface X509SVIDOutput {
  'spiffe_id': (string);
  /**
   * DER, concatenated: the leaf first, then intermediates.
   */
  'x509_svid': (Buffer);
  /**
   * PKCS#8, DER, not encrypted.
   */
  'x509_svid_key': (Buffer);
  /**
   * DER CA certificates of the SVID's own trust domain, concatenated.
   */
  'bundle': (Buffer);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint': (string);
}
