// Original file: proto/spire/api/types/bundle.proto


/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface BundleMaskInput {
  'x509_authorities'?: (boolean);
  'jwt_authorities'?: (boolean);
  /**
   * Seconds; 0 when none is set.
   */
  'refresh_hint'?: (boolean);
  /**
   * Rises with every change of the bundle.
   */
  'sequence_number'?: (boolean);
  'wit_authorities'?: (boolean);
}

/**
 * Which fields of an answer (or of an update) are meant. A message without a mask means all of them.
 */
export interface BundleMaskOutput {
  'x509_authorities': (boolean);
  'jwt_authorities': (boolean);
  /**
   * Seconds; 0 when none is set.
   */
  'refresh_hint': (boolean);
  /**
   * Rises with every change of the bundle.
   */
  'sequence_number': (boolean);
  'wit_authorities': (boolean);
}
