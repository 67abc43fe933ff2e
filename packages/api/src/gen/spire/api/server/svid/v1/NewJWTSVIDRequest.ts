// Original file: proto/spire/api/server/svid/v1/svid.proto


export interface NewJWTSVIDRequestInput {
  'entry_id'?: (string);
  /**
   * At least one.
   */
  'audience'?: (string)[];
}

export interface NewJWTSVIDRequestOutput {
  'entry_id': (string);
  /**
   * At least one.
   */
  'audience': (string)[];
}
