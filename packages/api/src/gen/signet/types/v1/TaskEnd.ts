// Original file: proto/signet/types/v1/task.proto

export const TaskEnd = {
  TASK_END_UNSPECIFIED: 'TASK_END_UNSPECIFIED',
  /**
   * Its owner said so.
   */
  TASK_END_FINISHED: 'TASK_END_FINISHED',
  /**
   * The stream that held it closed.
   */
  TASK_END_STREAM_CLOSED: 'TASK_END_STREAM_CLOSED',
  /**
   * The process that began it exited or was killed.
   */
  TASK_END_PROCESS_EXITED: 'TASK_END_PROCESS_EXITED',
  /**
   * The last process of its tree is gone.
   */
  TASK_END_PROCESS_TREE_GONE: 'TASK_END_PROCESS_TREE_GONE',
  TASK_END_DEADLINE: 'TASK_END_DEADLINE',
  TASK_END_BUDGET_SPENT: 'TASK_END_BUDGET_SPENT',
  TASK_END_PARENT_ENDED: 'TASK_END_PARENT_ENDED',
  /**
   * The entry of its owner was deleted, expired, or changed what it identifies.
   */
  TASK_END_ENTRY_GONE: 'TASK_END_ENTRY_GONE',
  /**
   * Its agent was banned, evicted, or silent for longer than its lease.
   */
  TASK_END_AGENT_LOST: 'TASK_END_AGENT_LOST',
  /**
   * An operator or orchestrator ended it.
   */
  TASK_END_OPERATOR: 'TASK_END_OPERATOR',
} as const;

export type TaskEndInput =
  | 'TASK_END_UNSPECIFIED'
  | 0
  /**
   * Its owner said so.
   */
  | 'TASK_END_FINISHED'
  | 1
  /**
   * The stream that held it closed.
   */
  | 'TASK_END_STREAM_CLOSED'
  | 2
  /**
   * The process that began it exited or was killed.
   */
  | 'TASK_END_PROCESS_EXITED'
  | 3
  /**
   * The last process of its tree is gone.
   */
  | 'TASK_END_PROCESS_TREE_GONE'
  | 4
  | 'TASK_END_DEADLINE'
  | 5
  | 'TASK_END_BUDGET_SPENT'
  | 6
  | 'TASK_END_PARENT_ENDED'
  | 7
  /**
   * The entry of its owner was deleted, expired, or changed what it identifies.
   */
  | 'TASK_END_ENTRY_GONE'
  | 8
  /**
   * Its agent was banned, evicted, or silent for longer than its lease.
   */
  | 'TASK_END_AGENT_LOST'
  | 9
  /**
   * An operator or orchestrator ended it.
   */
  | 'TASK_END_OPERATOR'
  | 10

export type TaskEndOutput = typeof TaskEnd[keyof typeof TaskEnd]
