// Original file: proto/spiffe/workload/workload.proto


/**
 * A JWT-SVID.
 */
export interface JWTSVIDInput {
  'spiffe_id'?: (string);
  'svid'?: (string);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint'?: (string);
}

/**
 * A JWT-SVID.
 */
export interface JWTSVIDOutput {
  'spiffe_id': (string);
  'svid': (string);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint': (string);
}
