// Original file: proto/spiffe/broker/broker.proto


/**
 * The name of a Kubernetes object.
 */
export interface KubernetesObjectKeyInput {
  'namespace'?: (string);
  'name'?: (string);
}

/**
 * The name of a Kubernetes object.
 */
export interface KubernetesObjectKeyOutput {
  'namespace': (string);
  'name': (string);
}
