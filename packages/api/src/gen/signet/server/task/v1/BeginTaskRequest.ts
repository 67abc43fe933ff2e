// Original file: proto/signet/server/task/v1/task.proto


export interface BeginTaskRequestInput {
  'entry_id'?: (string);
  /**
   * SPIFFE ID of the agent that serves the task.
   */
  'agent_id'?: (string);
  'parent_id'?: (string);
  'purpose'?: (string);
  'audiences'?: (string)[];
  'destinations'?: (string)[];
  /**
   * Seconds.
   */
  'ttl'?: (number);
  'budget'?: (number);
}

export interface BeginTaskRequestOutput {
  'entry_id': (string);
  /**
   * SPIFFE ID of the agent that serves the task.
   */
  'agent_id': (string);
  'parent_id': (string);
  'purpose': (string);
  'audiences': (string)[];
  'destinations': (string)[];
  /**
   * Seconds.
   */
  'ttl': (number);
  'budget': (number);
}
