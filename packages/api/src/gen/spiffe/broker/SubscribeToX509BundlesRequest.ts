// Original file: proto/spiffe/broker/broker.proto

import type { WorkloadReferenceInput as _spiffe_broker_WorkloadReferenceInput, WorkloadReferenceOutput as _spiffe_broker_WorkloadReferenceOutput } from '../../spiffe/broker/WorkloadReference.ts';

export interface SubscribeToX509BundlesRequestInput {
  'reference'?: (_spiffe_broker_WorkloadReferenceInput | null);
}

export interface SubscribeToX509BundlesRequestOutput {
  'reference': (_spiffe_broker_WorkloadReferenceOutput | null);
}
