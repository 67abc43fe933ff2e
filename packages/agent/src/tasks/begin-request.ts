import type { LocalBeginTaskRequestOutput } from '@signet/api';
import {
  checkTaskRequest,
  isTaskId,
  parseSpiffeId,
  SignetError,
  type SpiffeId,
  type TaskRequest,
} from '@signet/core';
import { noSuchTask } from './task-end.ts';

/** What a workload asks for with BeginTask. */
export interface BeginRequest {
  readonly request: TaskRequest;
  readonly spiffeId: SpiffeId | undefined;
  readonly parentId: string | undefined;
  readonly isTree: boolean;
}

/**
 * Reads a BeginTask request.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` a field is out of its bounds; {TaskError} `ERR_NOT_FOUND` the parent's ID is
 * none.
 */
export function readBeginRequest(wire: LocalBeginTaskRequestOutput): BeginRequest {
  const { purpose, audiences, destinations, ttl, budget, parent_id: parentId } = wire;
  const request = checkTaskRequest({ purpose, audiences, destinations, ttl, budget });
  if (parentId !== '' && !isTaskId(parentId)) throw noSuchTask();
  return {
    request,
    spiffeId: wire.spiffe_id === '' ? undefined : requestedId(wire.spiffe_id),
    parentId: parentId === '' ? undefined : parentId,
    isTree: wire.is_process_tree,
  };
}

function requestedId(text: string): SpiffeId {
  try {
    return parseSpiffeId(text);
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    throw new SignetError('ERR_INVALID_ARGUMENT', `invalid requested SPIFFE ID: ${cause.message}`, { cause });
  }
}
