// Original file: proto/signet/server/task/v1/task.proto


export interface GetTaskPolicyRequestInput {
  'entry_id'?: (string);
}

export interface GetTaskPolicyRequestOutput {
  'entry_id': (string);
}
