import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { type ErrorCode, SignetError } from '@signet/core';
import { statusFor } from './status.ts';

describe('statusFor', () => {
  it.each<[ErrorCode, status]>([
    ['ERR_INVALID_ARGUMENT', status.INVALID_ARGUMENT],
    ['ERR_JOIN_TOKEN_UNKNOWN', status.INVALID_ARGUMENT],
    ['ERR_JOIN_TOKEN_EXPIRED', status.INVALID_ARGUMENT],
    ['ERR_ATTESTOR_NOT_CONFIGURED', status.FAILED_PRECONDITION],
    ['ERR_AGENT_BANNED', status.PERMISSION_DENIED],
    ['ERR_ENTRY_SIMILAR_EXISTS', status.ALREADY_EXISTS],
    ['ERR_STORE_FEDERATED_BUNDLE', status.INTERNAL],
    ['ERR_STORE_PAGE_TOKEN', status.INTERNAL],
    ['ERR_STORE_UNAVAILABLE', status.UNAVAILABLE],
    ['ERR_JWT_DISABLED', status.UNIMPLEMENTED],
    ['ERR_RATE_BURST_EXCEEDED', status.RESOURCE_EXHAUSTED],
    ['ERR_RATE_LIMITED', status.RESOURCE_EXHAUSTED],
  ])('%s', (code, expected) => {
    expect(statusFor(new SignetError(code, 'text'), 'r1')).toEqual({ code: expected, message: 'text' });
  });

  it('T62: shows nothing of an error that has no code of ours', () => {
    const error = new Error('SQLITE_CORRUPT: /var/lib/secret.db');
    expect(statusFor(error, 'r1')).toEqual({ code: status.INTERNAL, message: 'internal error (request r1)' });
  });

  it('cuts long messages', () => {
    expect(statusFor(new SignetError('ERR_INTERNAL', 'x'.repeat(5000)), 'r1').message).toHaveLength(1024);
  });

  it.each([
    ['a high surrogate', '\ud800'],
    ['a low surrogate', 'a\udc00b'],
    ['a pair that the cut splits', 'x'.repeat(1023) + '\u{1f600}'],
  ])('T59: gives text that encodeURI takes for %s', (_name, text) => {
    const { message } = statusFor(new SignetError('ERR_INTERNAL', text), 'r1');
    expect(() => encodeURI(message)).not.toThrow();
  });
});
