// Original file: proto/spiffe/broker/broker.proto


/**
 * The kind of a Kubernetes object.
 */
export interface KubernetesObjectTypeInput {
  'plural'?: (string);
  'group'?: (string);
}

/**
 * The kind of a Kubernetes object.
 */
export interface KubernetesObjectTypeOutput {
  'plural': (string);
  'group': (string);
}
