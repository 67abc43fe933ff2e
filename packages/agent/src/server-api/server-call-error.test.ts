import { type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { ServerCallError } from './server-call-error.ts';

function messageFor(code: status, details: string): string {
  return new ServerCallError('AttestAgent', Object.assign(new Error('x'), { code, details }) as ServiceError)
    .message;
}

describe('the text of a failed call', () => {
  it.each([
    [
      'says why there is no connection, once',
      'round_robin: No connection established. Last error: No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: ',
      'AttestAgent: Unavailable: connect ECONNREFUSED 127.0.0.1:1',
    ],
    [
      'says why the server is not believed',
      'No connection established. Last error: SvidError: no path to an authority',
      'AttestAgent: Unavailable: no path to an authority',
    ],
    [
      'leaves the words of the server',
      'the datastore is gone',
      'AttestAgent: Unavailable: the datastore is gone',
    ],
  ])('%s', (_name, details, message) => {
    expect(messageFor(status.UNAVAILABLE, details)).toBe(message);
  });
});
