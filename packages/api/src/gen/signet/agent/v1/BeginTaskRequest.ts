// Original file: proto/signet/agent/v1/agent.proto


export interface BeginTaskRequestInput {
  'entry_id'?: (string);
  'parent_id'?: (string);
  /**
   * What the task is for, 1 to 256 characters.
   */
  'purpose'?: (string);
  'audiences'?: (string)[];
  'destinations'?: (string)[];
  /**
   * Seconds; 0: the longest that entry and parent allow.
   */
  'ttl'?: (number);
  'budget'?: (number);
  /**
   * Chosen by the agent, so that a repeated call begins one task only.
   */
  'idempotency_key'?: (string);
}

export interface BeginTaskRequestOutput {
  'entry_id': (string);
  'parent_id': (string);
  /**
   * What the task is for, 1 to 256 characters.
   */
  'purpose': (string);
  'audiences': (string)[];
  'destinations': (string)[];
  /**
   * Seconds; 0: the longest that entry and parent allow.
   */
  'ttl': (number);
  'budget': (number);
  /**
   * Chosen by the agent, so that a repeated call begins one task only.
   */
  'idempotency_key': (string);
}
