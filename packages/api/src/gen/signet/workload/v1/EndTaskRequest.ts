// Original file: proto/signet/workload/v1/workload.proto


export interface EndTaskRequestInput {
  'task_id'?: (string);
}

export interface EndTaskRequestOutput {
  'task_id': (string);
}
