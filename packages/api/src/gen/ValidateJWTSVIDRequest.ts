// Original file: proto/spiffe/workload/workload.proto


export interface ValidateJWTSVIDRequestInput {
  /**
   * At least one.
   */
  'audience'?: (string);
  'svid'?: (string);
}

export interface ValidateJWTSVIDRequestOutput {
  /**
   * At least one.
   */
  'audience': (string);
  'svid': (string);
}
