// Original file: proto/spire/api/server/svid/v1/svid.proto


export interface MintX509SVIDRequestInput {
  /**
   * PKCS#10, DER.
   */
  'csr'?: (Buffer | Uint8Array | string);
  /**
   * Seconds; 0 means the default.
   */
  'ttl'?: (number);
}

export interface MintX509SVIDRequestOutput {
  /**
   * PKCS#10, DER.
   */
  'csr': (Buffer);
  /**
   * Seconds; 0 means the default.
   */
  'ttl': (number);
}
