import { type ServiceError, status } from '@grpc/grpc-js';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['ECONNREFUSED', 'connection refused'],
  ['EACCES', 'permission denied'],
]);

/** The error, with a text that says what to look at when nothing answered on the socket. */
export function namedConnectionFailure(error: unknown, socketPath: string): unknown {
  const { code, details } = error as Partial<ServiceError>;
  if (code !== status.UNAVAILABLE || details === undefined) return error;
  const [, errno = ''] = /\bconnect (E[A-Z]+)/.exec(details) ?? [];
  const reason = REASONS.get(errno);
  if (reason === undefined) return error;
  const text = `connection error: desc = "transport: Error while dialing: dial unix ${socketPath}: connect: ${reason}"`;
  const hint =
    reason === 'permission denied' ? 'this user may not use the socket' : 'no server listens there';
  return Object.assign(new Error(text), {
    code,
    details: `${text} (${hint}; -socketPath names another socket)`,
  });
}
