// Original file: proto/spire/api/types/spiffeid.proto


/**
 * A SPIFFE ID.
 */
export interface SPIFFEIDInput {
  /**
   * The bare name, without a scheme.
   */
  'trust_domain'?: (string);
  /**
   * Empty, or with a leading slash and none at the end.
   */
  'path'?: (string);
}

/**
 * A SPIFFE ID.
 */
export interface SPIFFEIDOutput {
  /**
   * The bare name, without a scheme.
   */
  'trust_domain': (string);
  /**
   * Empty, or with a leading slash and none at the end.
   */
  'path': (string);
}
