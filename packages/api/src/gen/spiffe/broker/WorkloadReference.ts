// Original file: proto/spiffe/broker/broker.proto

import type { AnyInput as _google_protobuf_AnyInput, AnyOutput as _google_protobuf_AnyOutput } from '../../google/protobuf/Any.ts';

/**
 * Names one workload, by one of the reference messages or by another type that both sides know.
 */
export interface WorkloadReferenceInput {
  'reference'?: (_google_protobuf_AnyInput | null);
}

/**
 * Names one workload, by one of the reference messages or by another type that both sides know.
 */
export interface WorkloadReferenceOutput {
  'reference': (_google_protobuf_AnyOutput | null);
}
