// Original file: proto/spiffe/broker/broker.proto


/**
 * A process on the broker's own node.
 */
export interface WorkloadPIDReferenceInput {
  'pid'?: (number);
}

/**
 * A process on the broker's own node.
 */
export interface WorkloadPIDReferenceOutput {
  'pid': (number);
}
