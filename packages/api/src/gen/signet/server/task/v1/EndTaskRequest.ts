// Original file: proto/signet/server/task/v1/task.proto


export interface EndTaskRequestInput {
  'id'?: (string);
  'detail'?: (string);
}

export interface EndTaskRequestOutput {
  'id': (string);
  'detail': (string);
}
