// Original file: proto/spiffe/workload/workload.proto


export interface WITSVIDRequestInput {
  'spiffe_id'?: (string);
}

export interface WITSVIDRequestOutput {
  'spiffe_id': (string);
}
