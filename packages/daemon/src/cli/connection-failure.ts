import { type ServiceError, status } from '@grpc/grpc-js';
import { errnoText } from '../process/system-reason.ts';
import { CallFailure } from './call-failure.ts';

/** The error, with a text that says what to look at when nothing answered on the socket. */
export function namedConnectionFailure(
  error: unknown,
  socketPath: string,
  program: 'server' | 'agent',
): unknown {
  if (error instanceof CallFailure)
    return new CallFailure(error.what, namedConnectionFailure(error.cause, socketPath, program));
  const { code, details } = error as Partial<ServiceError>;
  if (code !== status.UNAVAILABLE || details === undefined) return error;
  const [, errno = ''] = /\bconnect (E[A-Z]+)/.exec(details) ?? [];
  const reason = errnoText(errno);
  if (reason === undefined) return error;
  const text = `connection error: desc = "transport: Error while dialing: dial unix ${socketPath}: connect: ${reason}"`;
  return Object.assign(new Error(text, { cause: error }), {
    code,
    details: `${text} (${hintOf(errno, program)}; -socketPath names another socket)`,
  });
}

function hintOf(errno: string, program: string): string {
  return errno === 'EACCES' || errno === 'EPERM'
    ? `this user may not use the socket of the ${program}`
    : `no ${program} listens there: is it running?`;
}
