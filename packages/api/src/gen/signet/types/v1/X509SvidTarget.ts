// Original file: proto/signet/types/v1/revocation.proto


/**
 * One X.509-SVID.
 */
export interface X509SvidTargetInput {
  /**
   * Subject key ID of the authority that signed it, lower-case hex.
   */
  'authority_id'?: (string);
  /**
   * Big-endian, without leading zeros.
   */
  'serial'?: (Buffer | Uint8Array | string);
}

/**
 * One X.509-SVID.
 */
export interface X509SvidTargetOutput {
  /**
   * Subject key ID of the authority that signed it, lower-case hex.
   */
  'authority_id': (string);
  /**
   * Big-endian, without leading zeros.
   */
  'serial': (Buffer);
}
