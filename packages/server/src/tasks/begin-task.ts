import { randomBytes } from 'node:crypto';
import {
  checkTaskRequest,
  isTaskId,
  newTaskId,
  type RegistrationEntry,
  SignetError,
  type SpiffeId,
  type Task,
  TASK_ID_OCTETS,
  type TaskRequest,
} from '@signet/core';
import type { TaskStore } from '../datastore/task-store.ts';
import { unknownTask } from './unknown-task.ts';

/** A task that somebody wants to begin. */
export interface BeginTaskOrder {
  /** An entry that the agent was found to be authorized for. */
  readonly entry: RegistrationEntry;
  readonly agentId: SpiffeId;
  /** '' for none. */
  readonly parentId: string;
  readonly request: TaskRequest;
  /** '' for none. */
  readonly idempotencyKey: string;
  /** Who asks by the operators' API, else ''. */
  readonly begunBy: string;
}

const MAX_KEY_CHARACTERS = 128;

/**
 * Begins a task, or finds the one that was begun with the same key.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT`, `ERR_TASK_SCOPE`, `ERR_TASK_ENDED`, `ERR_TASK_LIMIT`, `ERR_NOT_FOUND`,
 *   `ERR_ALREADY_EXISTS`: see {@link TaskStore.begin}.
 */
export async function beginTask(order: BeginTaskOrder, tasks: Pick<TaskStore, 'begin'>): Promise<Task> {
  const { entry, agentId, parentId, idempotencyKey, begunBy } = order;
  const request = checkTaskRequest(order.request);
  if (parentId !== '' && !isTaskId(parentId)) throw unknownTask();
  if (!/^[\x21-\x7e]*$/.test(idempotencyKey) || idempotencyKey.length > MAX_KEY_CHARACTERS) {
    throw new SignetError(
      'ERR_INVALID_ARGUMENT',
      `an idempotency key has ${MAX_KEY_CHARACTERS} printable ASCII characters at most`,
    );
  }
  const id = newTaskId(randomBytes(TASK_ID_OCTETS));
  const names = { entryId: entry.id, agentId: agentId.uri, parentId };
  return (await tasks.begin({ id, ...names, request, idempotencyKey, begunBy })).task;
}
