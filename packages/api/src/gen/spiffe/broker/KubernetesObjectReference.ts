// Original file: proto/spiffe/broker/broker.proto

import type { KubernetesObjectTypeInput as _spiffe_broker_KubernetesObjectTypeInput, KubernetesObjectTypeOutput as _spiffe_broker_KubernetesObjectTypeOutput } from '../../spiffe/broker/KubernetesObjectType.ts';
import type { KubernetesObjectKeyInput as _spiffe_broker_KubernetesObjectKeyInput, KubernetesObjectKeyOutput as _spiffe_broker_KubernetesObjectKeyOutput } from '../../spiffe/broker/KubernetesObjectKey.ts';

/**
 * A Kubernetes object, by name, by UID, or by both.
 */
export interface KubernetesObjectReferenceInput {
  'type'?: (_spiffe_broker_KubernetesObjectTypeInput | null);
  'key'?: (_spiffe_broker_KubernetesObjectKeyInput | null);
  'uid'?: (string);
}

/**
 * A Kubernetes object, by name, by UID, or by both.
 */
export interface KubernetesObjectReferenceOutput {
  'type': (_spiffe_broker_KubernetesObjectTypeOutput | null);
  'key': (_spiffe_broker_KubernetesObjectKeyOutput | null);
  'uid': (string);
}
