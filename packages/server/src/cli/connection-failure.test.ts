import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { namedConnectionFailure } from './connection-failure.ts';

const failure = (code: number, details: string): Error =>
  Object.assign(new Error(details), { code, details });

describe('namedConnectionFailure', () => {
  it.each([
    ['ENOENT', 'no such file or directory'],
    ['ECONNREFUSED', 'connection refused'],
    ['EACCES', 'permission denied'],
  ])('says what %s means', (errno, reason) => {
    const error = failure(
      status.UNAVAILABLE,
      `No connection established. Last error: Error: connect ${errno} /s`,
    );
    expect(namedConnectionFailure(error, '/s')).toMatchObject({
      code: status.UNAVAILABLE,
      details: expect.stringContaining(`dial unix /s: connect: ${reason}"`) as string,
    });
  });

  it.each([
    ['another status', failure(status.NOT_FOUND, 'agent not found')],
    ['another reason', failure(status.UNAVAILABLE, 'datastore is gone')],
    ['no failure of a call', new Error('connect ENOENT')],
  ])('leaves %s', (_, error) => {
    expect(namedConnectionFailure(error, '/s')).toBe(error);
  });
});
