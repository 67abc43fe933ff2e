// Original file: proto/signet/server/task/v1/task.proto


export interface ListTaskPoliciesRequestInput {
  /**
   * At most 1000; 0: 1000.
   */
  'page_size'?: (number);
  'page_token'?: (string);
}

export interface ListTaskPoliciesRequestOutput {
  /**
   * At most 1000; 0: 1000.
   */
  'page_size': (number);
  'page_token': (string);
}
