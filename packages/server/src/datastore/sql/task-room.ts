import { MAX_REVOKED_TASKS_OF_AGENT, MAX_TASKS_OF_AGENT, MAX_TASKS_OF_ENTRY, TaskError } from '@signet/core';
import type { NewTask } from '../task-store.ts';
import { prepare } from './statement.ts';
import { firstRow, type Steps } from './steps.ts';
import { ACTIVE } from './task-rows.ts';

const countOfAgent = prepare<{ agentId: string }, { count: number }>((db, value) =>
  db
    .selectFrom('tasks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agent_id', '=', value('agentId'))
    .where('end_cause', '=', ACTIVE),
);

const countOfEntry = prepare<{ agentId: string; entryId: string }, { count: number }>((db, value) =>
  db
    .selectFrom('tasks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agent_id', '=', value('agentId'))
    .where('entry_id', '=', value('entryId'))
    .where('end_cause', '=', ACTIVE),
);

const findBeyondRevoked = prepare<{ agentId: string; at: number; limit: number }, { id: string }>(
  (db, value) =>
    db
      .selectFrom('tasks')
      .select('id')
      .where('agent_id', '=', value('agentId'))
      .where('end_cause', '<>', ACTIVE)
      .where('last_expiry', '>', value('at'))
      .limit(1)
      .offset(value('limit')),
);

/** Refuses a task where there are too many. @throws {TaskError} `ERR_TASK_LIMIT`. */
export function* requireTaskRoom(input: NewTask, at: number): Steps<void> {
  const ofEntry = (yield* firstRow(countOfEntry(input)))?.count ?? 0;
  if (ofEntry >= MAX_TASKS_OF_ENTRY) throw full(`an entry has ${MAX_TASKS_OF_ENTRY} active tasks at most`);
  const ofAgent = (yield* firstRow(countOfAgent(input)))?.count ?? 0;
  if (ofAgent >= MAX_TASKS_OF_AGENT) throw full(`an agent has ${MAX_TASKS_OF_AGENT} active tasks at most`);
  const { agentId } = input;
  const beyond = yield* firstRow(findBeyondRevoked({ agentId, at, limit: MAX_REVOKED_TASKS_OF_AGENT }));
  if (beyond === undefined) return;
  throw full('too many tasks of the agent have ended with SVIDs that have not expired: give tasks less time');
}

function full(message: string): TaskError {
  return new TaskError('ERR_TASK_LIMIT', message);
}
