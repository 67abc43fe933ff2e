// Original file: proto/signet/types/v1/revocation.proto


/**
 * One JWT-SVID that has a jti.
 */
export interface JwtSvidTargetInput {
  'jti'?: (string);
}

/**
 * One JWT-SVID that has a jti.
 */
export interface JwtSvidTargetOutput {
  'jti': (string);
}
