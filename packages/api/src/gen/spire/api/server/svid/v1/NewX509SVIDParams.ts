// Original file: proto/spire/api/server/svid/v1/svid.proto


/**
 * One entry, and the CSR whose key is to be certified.
 */
export interface NewX509SVIDParamsInput {
  'entry_id'?: (string);
  /**
   * PKCS#10, DER.
   */
  'csr'?: (Buffer | Uint8Array | string);
}

/**
 * One entry, and the CSR whose key is to be certified.
 */
export interface NewX509SVIDParamsOutput {
  'entry_id': (string);
  /**
   * PKCS#10, DER.
   */
  'csr': (Buffer);
}
