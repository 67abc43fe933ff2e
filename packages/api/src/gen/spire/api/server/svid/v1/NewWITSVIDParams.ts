// Original file: proto/spire/api/server/svid/v1/svid.proto


/**
 * One entry, and the key that the token is bound to.
 */
export interface NewWITSVIDParamsInput {
  'entry_id'?: (string);
  /**
   * PKIX, DER.
   */
  'public_key'?: (Buffer | Uint8Array | string);
  'signing_algorithm'?: (string);
}

/**
 * One entry, and the key that the token is bound to.
 */
export interface NewWITSVIDParamsOutput {
  'entry_id': (string);
  /**
   * PKIX, DER.
   */
  'public_key': (Buffer);
  'signing_algorithm': (string);
}
