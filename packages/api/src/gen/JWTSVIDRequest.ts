// Original file: proto/spiffe/workload/workload.proto


export interface JWTSVIDRequestInput {
  /**
   * At least one.
   */
  'audience'?: (string)[];
  'spiffe_id'?: (string);
}

export interface JWTSVIDRequestOutput {
  /**
   * At least one.
   */
  'audience': (string)[];
  'spiffe_id': (string);
}
