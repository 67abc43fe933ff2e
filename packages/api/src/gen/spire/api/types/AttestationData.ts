// Original file: proto/spire/api/types/attestation.proto


/**
 * The name of a node attestor, and the first bytes that it sends.
 */
export interface AttestationDataInput {
  'type'?: (string);
  'payload'?: (Buffer | Uint8Array | string);
}

/**
 * The name of a node attestor, and the first bytes that it sends.
 */
export interface AttestationDataOutput {
  'type': (string);
  'payload': (Buffer);
}
