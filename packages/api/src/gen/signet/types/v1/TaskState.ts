// Original file: proto/signet/types/v1/task.proto

export const TaskState = {
  TASK_STATE_UNSPECIFIED: 'TASK_STATE_UNSPECIFIED',
  TASK_STATE_ACTIVE: 'TASK_STATE_ACTIVE',
  TASK_STATE_ENDED: 'TASK_STATE_ENDED',
} as const;

export type TaskStateInput =
  | 'TASK_STATE_UNSPECIFIED'
  | 0
  | 'TASK_STATE_ACTIVE'
  | 1
  | 'TASK_STATE_ENDED'
  | 2

export type TaskStateOutput = typeof TaskState[keyof typeof TaskState]
