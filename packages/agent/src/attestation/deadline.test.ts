import { describe, expect, it, jest } from '@jest/globals';
import { AttestationError } from '@signet/core';
import { Deadline } from './deadline.ts';

const late = (): AttestationError => new AttestationError('ERR_ATTESTATION_FAILED', 'too late');
const never = new Promise<never>(() => undefined);

describe('Deadline', () => {
  it('gives what the work gives', async () => {
    const deadline = new Deadline(60_000);
    expect(await deadline.bound(Promise.resolve(1), late)).toBe(1);
    await expect(deadline.bound(Promise.reject(new TypeError('x')), late)).rejects.toThrow(TypeError);
    deadline.cancel();
  });

  it('does not wait for work that takes too long, and tells it so', async () => {
    const deadline = new Deadline(0);
    const { signal } = deadline;
    await expect(deadline.bound(never, late)).rejects.toMatchObject({ code: 'ERR_ATTESTATION_FAILED' });
    expect(signal.aborted).toBe(true);
  });

  it('has a signal that is aborted already when it is asked for too late', async () => {
    const deadline = new Deadline(0);
    await expect(deadline.bound(never, late)).rejects.toMatchObject({ code: 'ERR_ATTESTATION_FAILED' });
    expect(deadline.signal.aborted).toBe(true);
  });

  it('does nothing once it is cancelled', () => {
    jest.useFakeTimers();
    try {
      const deadline = new Deadline(1_000);
      const { signal } = deadline;
      deadline.cancel();
      jest.advanceTimersByTime(2_000);
      expect(signal.aborted).toBe(false);
    } finally {
      jest.useRealTimers();
    }
  });
});
