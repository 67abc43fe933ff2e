// Original file: proto/signet/server/revocation/v1/revocation.proto


export interface X509SVIDTargetInput {
  /**
   * May be left empty when the serial is of one authority only.
   */
  'authority_id'?: (string);
  /**
   * Lower-case hex.
   */
  'serial'?: (string);
}

export interface X509SVIDTargetOutput {
  /**
   * May be left empty when the serial is of one authority only.
   */
  'authority_id': (string);
  /**
   * Lower-case hex.
   */
  'serial': (string);
}
