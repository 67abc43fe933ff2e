// Original file: proto/signet/types/v1/revocation.proto


/**
 * Everything that hangs from a task.
 */
export interface TaskTargetInput {
  'task_id'?: (string);
}

/**
 * Everything that hangs from a task.
 */
export interface TaskTargetOutput {
  'task_id': (string);
}
