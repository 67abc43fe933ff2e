// Original file: proto/signet/workload/v1/workload.proto


export interface BeginTaskRequestInput {
  /**
   * What the task is for, 1 to 256 characters.
   */
  'purpose'?: (string);
  /**
   * Which of the caller's identities; needed when it has several.
   */
  'spiffe_id'?: (string);
  /**
   * Audiences that its JWT-SVIDs may name; empty: any.
   */
  'audiences'?: (string)[];
  /**
   * SPIFFE IDs that it may connect to; empty: any.
   */
  'destinations'?: (string)[];
  /**
   * Seconds; 0: the longest allowed.
   */
  'ttl'?: (number);
  /**
   * Credentials that may be issued; 0: no limit.
   */
  'budget'?: (number);
  /**
   * Task to be part of. The caller must be its owner, or a process of its tree.
   */
  'parent_id'?: (string);
  /**
   * The task is the caller's process tree: it ends when the last process below the caller is gone, and the answer names
   * a socket that serves this task only, to processes of that tree only.
   */
  'is_process_tree'?: (boolean);
}

export interface BeginTaskRequestOutput {
  /**
   * What the task is for, 1 to 256 characters.
   */
  'purpose': (string);
  /**
   * Which of the caller's identities; needed when it has several.
   */
  'spiffe_id': (string);
  /**
   * Audiences that its JWT-SVIDs may name; empty: any.
   */
  'audiences': (string)[];
  /**
   * SPIFFE IDs that it may connect to; empty: any.
   */
  'destinations': (string)[];
  /**
   * Seconds; 0: the longest allowed.
   */
  'ttl': (number);
  /**
   * Credentials that may be issued; 0: no limit.
   */
  'budget': (number);
  /**
   * Task to be part of. The caller must be its owner, or a process of its tree.
   */
  'parent_id': (string);
  /**
   * The task is the caller's process tree: it ends when the last process below the caller is gone, and the answer names
   * a socket that serves this task only, to processes of that tree only.
   */
  'is_process_tree': (boolean);
}
