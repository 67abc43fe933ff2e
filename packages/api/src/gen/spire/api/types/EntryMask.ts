// Original file: proto/spire/api/types/entry.proto


/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface EntryMaskInput {
  'spiffe_id'?: (boolean);
  'parent_id'?: (boolean);
  'selectors'?: (boolean);
  'x509_svid_ttl'?: (boolean);
  'federates_with'?: (boolean);
  'admin'?: (boolean);
  'downstream'?: (boolean);
  /**
   * Unix seconds.
   */
  'expires_at'?: (boolean);
  'dns_names'?: (boolean);
  'revision_number'?: (boolean);
  'store_svid'?: (boolean);
  'jwt_svid_ttl'?: (boolean);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint'?: (boolean);
  /**
   * Unix seconds.
   */
  'created_at'?: (boolean);
  'additional_attributes'?: (boolean);
}

/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface EntryMaskOutput {
  'spiffe_id': (boolean);
  'parent_id': (boolean);
  'selectors': (boolean);
  'x509_svid_ttl': (boolean);
  'federates_with': (boolean);
  'admin': (boolean);
  'downstream': (boolean);
  /**
   * Unix seconds.
   */
  'expires_at': (boolean);
  'dns_names': (boolean);
  'revision_number': (boolean);
  'store_svid': (boolean);
  'jwt_svid_ttl': (boolean);
  /**
   * Free text for the workload, at most 1024 bytes.
   */
  'hint': (boolean);
  /**
   * Unix seconds.
   */
  'created_at': (boolean);
  'additional_attributes': (boolean);
}
