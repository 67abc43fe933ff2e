// Original file: proto/spire/api/types/federationrelationship.proto


/**
 * The endpoint shows a Web PKI certificate.
 */
export interface HTTPSWebProfileInput {
}

/**
 * The endpoint shows a Web PKI certificate.
 */
export interface HTTPSWebProfileOutput {
}
