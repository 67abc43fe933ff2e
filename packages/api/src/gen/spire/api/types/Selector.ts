// Original file: proto/spire/api/types/selector.proto


/**
 * One property that attestation found, of a node or of a workload.
 */
export interface SelectorInput {
  'type'?: (string);
  'value'?: (string);
}

/**
 * One property that attestation found, of a node or of a workload.
 */
export interface SelectorOutput {
  'type': (string);
  'value': (string);
}
