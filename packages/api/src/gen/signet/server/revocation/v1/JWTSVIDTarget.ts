// Original file: proto/signet/server/revocation/v1/revocation.proto


export interface JWTSVIDTargetInput {
  'jti'?: (string);
  /**
   * The token itself; it must be one of this trust domain's, its signature is checked.
   */
  'token'?: (string);
  'by'?: "jti"|"token";
}

export interface JWTSVIDTargetOutput {
  'jti'?: (string);
  /**
   * The token itself; it must be one of this trust domain's, its signature is checked.
   */
  'token'?: (string);
  'by'?: "jti"|"token";
}
