// Original file: proto/spiffe/broker/broker.proto

import type { WorkloadReferenceInput as _spiffe_broker_WorkloadReferenceInput, WorkloadReferenceOutput as _spiffe_broker_WorkloadReferenceOutput } from '../../spiffe/broker/WorkloadReference.ts';

export interface SubscribeToX509SVIDRequestInput {
  'reference'?: (_spiffe_broker_WorkloadReferenceInput | null);
}

export interface SubscribeToX509SVIDRequestOutput {
  'reference': (_spiffe_broker_WorkloadReferenceOutput | null);
}
