import {
  checkTaskText,
  isTaskId,
  SignetError,
  type SpiffeId,
  type Task,
  type TaskEndCause,
} from '@signet/core';
import type { RevocationGrounds, RevokeResult } from '../datastore/revocation-store.ts';
import type { EndTasksResult, TaskEndOrder, TaskStore } from '../datastore/task-store.ts';
import { unknownTask } from './unknown-task.ts';

const MAX_ENDINGS = 1000;

/** What an agent may say of the end of a task of its own. */
const REPORTABLE: ReadonlySet<TaskEndCause> = new Set([
  'finished',
  'streamClosed',
  'processExited',
  'processTreeGone',
  'deadline',
  'agentLost',
]);

/** An end as an agent reports it. */
export interface ReportedEnd extends Omit<TaskEndOrder, 'cause'> {
  readonly cause: TaskEndCause | undefined;
}

/**
 * Ends tasks as their agent says; the first end of each stands.
 *
 * @param tasks - guarded: see `guardDatastore`.
 * @returns those that were named and are known, and those that ended with them, each once.
 * @throws {SignetError} `ERR_NOT_FOUND` none of them is a task of the agent; `ERR_INVALID_ARGUMENT` an end is none that an
 *   agent sees.
 */
export async function endReportedTasks(
  ends: readonly ReportedEnd[],
  agentId: SpiffeId,
  tasks: Pick<TaskStore, 'end'>,
): Promise<readonly Task[]> {
  if (ends.length > MAX_ENDINGS) throw invalid(`at most ${MAX_ENDINGS} tasks end in one call`);
  const endings = ends.map(checkReported).filter(({ id }) => isTaskId(id));
  if (endings.length === 0) throw unknownTask();
  const order = { endings, agentId: agentId.uri, isReported: true, isDryRun: false };
  const { named, ended } = await tasks.end(order);
  return [...new Map([...named, ...ended].map((task) => [task.id, task])).values()];
}

/** Why an operator ends a task, and who it is. */
export interface OperatorEnd extends RevocationGrounds {
  readonly isDryRun: boolean;
}

/**
 * Ends a task and all below it for an operator.
 *
 * @throws {SignetError} `ERR_NOT_FOUND`; `ERR_INVALID_ARGUMENT` the comment cannot be kept.
 */
export async function endTaskByOperator(
  id: string,
  { reason, actor, comment, isDryRun }: OperatorEnd,
  tasks: Pick<TaskStore, 'end'>,
): Promise<EndTasksResult> {
  checkTaskText(comment, 'detail');
  const grounds = { reason, actor, comment };
  const endings = [{ id, cause: 'operator', detail: comment, endedAt: 0 }] as const;
  return tasks.end({ endings, agentId: '', isReported: false, grounds, isDryRun });
}

/** The same as a revocation; undefined for a task that is not known, which may still be in the ledger. */
export async function revokeTask(
  id: string,
  end: OperatorEnd,
  tasks: Pick<TaskStore, 'end'>,
): Promise<(RevokeResult & { readonly tasks: number }) | undefined> {
  try {
    const { ended, revocation, x509Svids, jwtSvids } = await endTaskByOperator(id, end, tasks);
    return { revocation, x509Svids, jwtSvids, tasks: ended.length };
  } catch (error) {
    if (error instanceof SignetError && error.code === 'ERR_NOT_FOUND') return undefined;
    throw error;
  }
}

function checkReported({ cause, ...end }: ReportedEnd): TaskEndOrder {
  if (cause === undefined || !REPORTABLE.has(cause)) throw invalid('that is no end that an agent sees');
  checkTaskText(end.detail, 'detail');
  if (!Number.isSafeInteger(end.endedAt) || end.endedAt < 0)
    throw invalid('the time of an end is out of range');
  return { ...end, cause };
}

function invalid(message: string): SignetError {
  return new SignetError('ERR_INVALID_ARGUMENT', message);
}
