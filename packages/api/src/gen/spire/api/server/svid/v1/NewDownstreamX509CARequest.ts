// Original file: proto/spire/api/server/svid/v1/svid.proto


export interface NewDownstreamX509CARequestInput {
  /**
   * PKCS#10, DER.
   */
  'csr'?: (Buffer | Uint8Array | string);
  /**
   * Seconds; 0 means the default.
   */
  'preferred_ttl'?: (number);
}

export interface NewDownstreamX509CARequestOutput {
  /**
   * PKCS#10, DER.
   */
  'csr': (Buffer);
  /**
   * Seconds; 0 means the default.
   */
  'preferred_ttl': (number);
}
