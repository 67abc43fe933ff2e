// Original file: proto/spiffe/workload/workload.proto

import type { StructInput as _google_protobuf_StructInput, StructOutput as _google_protobuf_StructOutput } from './google/protobuf/Struct.ts';

export interface ValidateJWTSVIDResponseInput {
  'spiffe_id'?: (string);
  'claims'?: (_google_protobuf_StructInput | null);
}

export interface ValidateJWTSVIDResponseOutput {
  'spiffe_id': (string);
  'claims': (_google_protobuf_StructOutput | null);
}
