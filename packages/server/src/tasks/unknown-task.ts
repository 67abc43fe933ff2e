import { type Task, TaskError } from '@signet/core';

/** There is no such task for who asks: the same words whether it is another's or nobody's. */
export function unknownTask(): TaskError {
  return new TaskError('ERR_NOT_FOUND', 'task not found');
}

const ENDS: Readonly<Record<NonNullable<Task['end']>['cause'], string>> = {
  finished: 'it was finished',
  streamClosed: 'its stream closed',
  processExited: 'its process exited',
  processTreeGone: 'its processes are gone',
  deadline: 'its deadline has passed',
  budgetSpent: 'its budget is spent',
  parentEnded: 'its parent ended',
  entryGone: 'its entry is gone',
  agentLost: 'its agent was lost',
  operator: 'an operator ended it',
};

/** The refusal of what comes after a task's end. */
export function taskHasEnded({ end }: Pick<Task, 'end'>): TaskError {
  const why = end === undefined ? 'the task has ended' : `the task has ended: ${ENDS[end.cause]}`;
  return new TaskError('ERR_TASK_ENDED', why, { details: end });
}
