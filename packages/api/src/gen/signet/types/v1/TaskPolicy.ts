// Original file: proto/signet/types/v1/task.proto


/**
 * What an entry says of the tasks of its workload.
 */
export interface TaskPolicyInput {
  /**
   * Nothing is issued to the workload outside a task.
   */
  'is_task_only'?: (boolean);
  /**
   * Longest that a task may last, seconds; 0: a day.
   */
  'max_ttl'?: (number);
  /**
   * How long tasks may go on while the server cannot be reached, seconds; 0: not at all.
   */
  'offline_lease'?: (number);
}

/**
 * What an entry says of the tasks of its workload.
 */
export interface TaskPolicyOutput {
  /**
   * Nothing is issued to the workload outside a task.
   */
  'is_task_only': (boolean);
  /**
   * Longest that a task may last, seconds; 0: a day.
   */
  'max_ttl': (number);
  /**
   * How long tasks may go on while the server cannot be reached, seconds; 0: not at all.
   */
  'offline_lease': (number);
}
