// Original file: proto/spiffe/workload/workload.proto


/**
 * A WIT-SVID with its private key.
 */
export interface WITSVIDInput {
  'spiffe_id'?: (string);
  'wit_svid'?: (string);
  /**
   * A private JWK, as JSON.
   */
  'wit_svid_key'?: (string);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint'?: (string);
}

/**
 * A WIT-SVID with its private key.
 */
export interface WITSVIDOutput {
  'spiffe_id': (string);
  'wit_svid': (string);
  /**
   * A private JWK, as JSON.
   */
  'wit_svid_key': (string);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint': (string);
}
