import type { TaskEndCause } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';

const TEXTS: Readonly<Record<TaskEndCause, string>> = {
  finished: 'its owner ended it',
  streamClosed: 'the stream that held it was closed',
  processExited: 'its process is gone',
  processTreeGone: 'its last process is gone',
  deadline: 'its time is over',
  budgetSpent: 'its budget is spent',
  parentEnded: 'the task that it was part of ended',
  entryGone: 'the entry of its owner is gone',
  agentLost: 'its agent is gone',
  operator: 'an operator ended it',
};

/**
 * The task has ended: nothing can be had, opened or accepted in it any more. The code is `ERR_TASK_ENDED`; `end` says
 * what ended it.
 */
export class TaskEndedError extends WorkloadApiError {
  readonly end: TaskEndCause;

  constructor(end: TaskEndCause, options: { readonly cause?: unknown } = {}) {
    super('ERR_TASK_ENDED', `the task has ended: ${TEXTS[end]}`, { ...options, details: { end } });
    this.end = end;
  }
}
