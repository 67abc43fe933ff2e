import type { Task } from '@signet/core';
import type { LogFields, Logger, Metrics } from '@signet/daemon';
import type { ActiveTasks } from './active-tasks.ts';

/** What recording needs. */
export interface RecordTasksDeps {
  readonly metrics: Pick<Metrics, 'count' | 'gauge'>;
  readonly logger: Pick<Logger, 'info' | 'debug'>;
  /** Whether an audit log is kept: otherwise the lines are for who looks for something. */
  readonly isAudited: boolean;
}

/** Counts and logs what begins and ends, whoever did it; the calls have audit events of their own. @returns ends it. */
export function recordTasks(
  active: ActiveTasks,
  { metrics, logger, isAudited }: RecordTasksDeps,
): () => void {
  const gauge = (): void => metrics.gauge(['tasks', 'active'], active.size);
  const log = (message: string, fields: LogFields): void =>
    isAudited ? logger.info(message, { type: 'audit', ...fields }) : logger.debug(message, fields);
  gauge();
  return active.follow({
    began: (task) => {
      metrics.count(['tasks', 'begun']);
      gauge();
      const { purpose, deadline: expires_at, parentId: parent_id, begunBy: begun_by } = task;
      log('Task began', { ...factsOf(task), purpose, expires_at, parent_id, begun_by });
    },
    ended: (task) => {
      const { cause = 'operator', detail = '' } = task.end ?? {};
      metrics.count(['tasks', 'ended'], 1, { cause });
      gauge();
      log('Task ended', { ...factsOf(task), cause, detail, issued: task.issued });
    },
  });
}

function factsOf({ id, spiffeId, entryId, agentId }: Task): Record<string, string> {
  return { task_id: id, spiffe_id: spiffeId, registration_id: entryId, agent_id: agentId };
}
