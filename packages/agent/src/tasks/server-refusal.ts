import { AgentError, SignetError, type ErrorCode } from '@signet/core';
import { denialOf, ServerCallError } from '../server-api/server-call-error.ts';

/** What the server says of the order itself. */
const OF_THE_ORDER: readonly ErrorCode[] = [
  'ERR_INVALID_ARGUMENT',
  'ERR_NOT_FOUND',
  'ERR_FAILED_PRECONDITION',
  'ERR_PERMISSION_DENIED',
  'ERR_RESOURCE_EXHAUSTED',
  'ERR_UNIMPLEMENTED',
];

/** What a workload is told of a call that the server refused: the server's words when they are about what it asked for. */
export function forCaller(error: unknown): unknown {
  if (!(error instanceof ServerCallError)) return error;
  if (denialOf(error) === undefined && OF_THE_ORDER.includes(error.code)) {
    if (error.code === 'ERR_UNIMPLEMENTED') {
      return new SignetError('ERR_UNIMPLEMENTED', 'the server has no tasks', { cause: error });
    }
    const { message } = error.cause as Error;
    const code = error.code === 'ERR_RESOURCE_EXHAUSTED' ? 'ERR_TASK_LIMIT' : error.code;
    return new SignetError(code, message, { cause: error });
  }
  return new AgentError('ERR_UNAVAILABLE', 'the server could not be asked', { cause: error });
}
