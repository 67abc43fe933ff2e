// Original file: proto/signet/server/task/v1/task.proto


export interface GetTaskRequestInput {
  'id'?: (string);
}

export interface GetTaskRequestOutput {
  'id': (string);
}
