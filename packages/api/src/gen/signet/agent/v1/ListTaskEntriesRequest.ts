// Original file: proto/signet/agent/v1/agent.proto


export interface ListTaskEntriesRequestInput {
  /**
   * Empty for the first page.
   */
  'page_token'?: (string);
}

export interface ListTaskEntriesRequestOutput {
  /**
   * Empty for the first page.
   */
  'page_token': (string);
}
