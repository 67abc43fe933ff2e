// Original file: proto/signet/agent/v1/agent.proto


export interface ListTasksRequestInput {
  /**
   * Empty for the first page.
   */
  'page_token'?: (string);
}

export interface ListTasksRequestOutput {
  /**
   * Empty for the first page.
   */
  'page_token': (string);
}
