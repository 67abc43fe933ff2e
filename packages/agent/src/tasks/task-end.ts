import { type TaskEndCause, TaskError, type TaskEnding } from '@signet/core';

const TEXTS: Readonly<Record<TaskEndCause, string>> = {
  finished: 'its owner ended it',
  streamClosed: 'the stream that held it was closed',
  processExited: 'the process that began it is gone',
  processTreeGone: 'the last process of its tree is gone',
  deadline: 'its time is over',
  budgetSpent: 'its budget is spent',
  parentEnded: 'the task that it was part of ended',
  entryGone: 'the entry of its owner is gone',
  agentLost: 'its agent or the server could not be reached for too long',
  operator: 'an operator ended it',
};

/** What a task's end is called for people. */
export function taskEndText(cause: TaskEndCause): string {
  return TEXTS[cause];
}

/** What streams and calls of a task end with once it is over: `ERR_TASK_ENDED`. */
export function taskEndedError({ cause }: Pick<TaskEnding, 'cause'>): TaskError {
  return new TaskError('ERR_TASK_ENDED', `the task has ended: ${TEXTS[cause]}`);
}

/** What everybody hears who names a task that is not there or not his: the same, so that nobody learns which of both. */
export function noSuchTask(): TaskError {
  return new TaskError('ERR_NOT_FOUND', 'there is no such task');
}
