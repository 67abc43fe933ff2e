// Original file: proto/signet/agent/v1/agent.proto


export interface NewTaskJWTSVIDRequestInput {
  'task_id'?: (string);
  'audience'?: (string)[];
}

export interface NewTaskJWTSVIDRequestOutput {
  'task_id': (string);
  'audience': (string)[];
}
