import {
  checkTaskText,
  isTaskId,
  SignetError,
  type SpiffeId,
  type Task,
  type TaskEndCause,
} from '@signet/core';
import type { TaskEndOrder, TaskStore } from '../datastore/task-store.ts';
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
