// Original file: proto/spiffe/broker/broker.proto

import type { WorkloadReferenceInput as _spiffe_broker_WorkloadReferenceInput, WorkloadReferenceOutput as _spiffe_broker_WorkloadReferenceOutput } from '../../spiffe/broker/WorkloadReference.ts';

export interface FetchJWTSVIDRequestInput {
  'reference'?: (_spiffe_broker_WorkloadReferenceInput | null);
  /**
   * At least one.
   */
  'audience'?: (string)[];
  'spiffe_id'?: (string);
}

export interface FetchJWTSVIDRequestOutput {
  'reference': (_spiffe_broker_WorkloadReferenceOutput | null);
  /**
   * At least one.
   */
  'audience': (string)[];
  'spiffe_id': (string);
}
