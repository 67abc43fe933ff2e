import { type ListTasksResponseOutput, taskFromWire } from '@signet/api';
import { AgentError, type Clock, MAX_TASKS_OF_AGENT, SignetError, type Task } from '@signet/core';
import type { Logger } from '@signet/daemon';
import { callUnary } from '../server-api/call.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';

/** What asking for the tasks needs. */
export interface ListTasksDeps {
  readonly connection: Pick<ServerConnection, 'use'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The active tasks of this agent as the server has them. @throws {ServerCallError} */
export async function listServerTasks({
  connection,
  clock,
  logger,
}: ListTasksDeps): Promise<readonly Task[]> {
  const tasks: Task[] = [];
  let pageToken = '';
  do {
    const page = await connection.use(({ task }) =>
      callUnary<ListTasksResponseOutput>('ListTasks', clock, (options, done) =>
        task.ListTasks({ page_token: pageToken }, options, done),
      ),
    );
    for (const wire of page.tasks) {
      try {
        tasks.push(taskFromWire(wire));
      } catch (error) {
        if (!(error instanceof SignetError)) throw error;
        logger.warn('Ignoring malformed task', { task_id: wire.id, error });
      }
    }
    if (tasks.length > 2 * MAX_TASKS_OF_AGENT) {
      throw new AgentError('ERR_RESOURCE_EXHAUSTED', 'the server sends more tasks than there can be');
    }
    pageToken = page.tasks.length === 0 ? '' : page.next_page_token;
  } while (pageToken !== '');
  return tasks;
}
