import { TASK_END_CODES, type TaskEndCause } from '@signet/core';

/** What {@link TasksTable} calls the ends; `none` while a task is active. */
export const endCauses: Readonly<Record<TaskEndCause | 'none', number>> = { none: 0, ...TASK_END_CODES };
