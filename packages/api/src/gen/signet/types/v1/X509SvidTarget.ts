// Original file: proto/signet/types/v1/revocation.proto


/**
 * One X.509-SVID.
 */
export interface X509SvidTargetInput {
  /**
   * Subject key ID of the authority that signed it.
   */
  'authority_key_id'?: (Buffer | Uint8Array | string);
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
   * Subject key ID of the authority that signed it.
   */
  'authority_key_id': (Buffer);
  /**
   * Big-endian, without leading zeros.
   */
  'serial': (Buffer);
}
