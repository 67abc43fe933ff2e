import { describe, expect, it } from '@jest/globals';
import { CallFailure } from './call-failure.ts';
import { namedConnectionFailure } from './connection-failure.ts';
import { errorText } from './error-text.ts';

function failure(details: string, code = 14): Error {
  return Object.assign(new Error(details), { code, details });
}

describe('a socket on which nothing answers', () => {
  it.each([
    [
      'that is not there',
      'No connection established. Last error: connect ENOENT /run/x.sock',
      'connect: no such file or directory" (no agent listens there: is it running?; -socketPath names another socket)',
    ],
    [
      'left by a dead program',
      'No connection established. Last error: connect ECONNREFUSED /run/x.sock',
      'connect: connection refused" (no agent listens there: is it running?; -socketPath names another socket)',
    ],
    [
      'that this user may not use',
      'No connection established. Last error: connect EACCES /run/x.sock',
      'connect: permission denied" (this user may not use the socket of the agent; -socketPath names another socket)',
    ],
  ])('%s', (_name, details, expected) => {
    expect(errorText(namedConnectionFailure(failure(details), '/run/x.sock', 'agent'))).toBe(
      `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/x.sock: ${expected}`,
    );
  });

  it('is told with what the call was for', () => {
    const failed = new CallFailure('error fetching entries', failure('connect ECONNREFUSED /run/x.sock'));
    const named = namedConnectionFailure(failed, '/run/x.sock', 'server');
    expect(errorText(named)).toMatch(
      /^error fetching entries: rpc error: code = Unavailable .* connection refused" \(no server listens there/,
    );
  });

  it.each([
    ['another status', failure('connect ENOENT /x', 5)],
    ['another reason', failure('the connection was cut')],
    ['no call', new Error('connect ENOENT /x')],
  ])('is not meant by %s', (_name, error) => {
    expect(namedConnectionFailure(error, '/run/x.sock', 'server')).toBe(error);
  });
});
