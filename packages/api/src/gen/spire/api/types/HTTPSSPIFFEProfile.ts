// Original file: proto/spire/api/types/federationrelationship.proto


/**
 * The endpoint shows an X.509-SVID.
 */
export interface HTTPSSPIFFEProfileInput {
  'endpoint_spiffe_id'?: (string);
}

/**
 * The endpoint shows an X.509-SVID.
 */
export interface HTTPSSPIFFEProfileOutput {
  'endpoint_spiffe_id': (string);
}
