import { describe, expect, it } from '@jest/globals';
import { SignetError, SpiffeIdError } from './errors.ts';

describe('SignetError', () => {
  it('carries code, message, cause and details under the name of its class', () => {
    const cause = new Error('inner');
    const error = new SpiffeIdError('ERR_SPIFFE_ID_SCHEME', 'text', { cause, details: { field: 'id' } });
    expect(error).toBeInstanceOf(SignetError);
    expect([error.name, error.code, error.message]).toEqual([
      'SpiffeIdError',
      'ERR_SPIFFE_ID_SCHEME',
      'text',
    ]);
    expect([error.cause, error.details]).toEqual([cause, { field: 'id' }]);
  });

  it('has no cause or details unless given', () => {
    const error = new SignetError('ERR_INTERNAL', 'text');
    expect(Object.hasOwn(error, 'cause')).toBe(false);
    expect(error.details).toBeUndefined();
  });
});
