import { describe, expect, it } from '@jest/globals';
import { refusalAction } from './refusal-plan.ts';

const LAPSED = ['AGENT_EXPIRED', 'AGENT_NOT_ATTESTED', 'AGENT_NOT_ACTIVE', 'AGENT_MUST_REATTEST'] as const;

describe('refusalAction', () => {
  it.each(['first-sync', 'later'] as const)('an unexplained refusal is tried again (%s)', (phase) => {
    expect(refusalAction(undefined, phase, true)).toBe('retry');
    expect(refusalAction(undefined, phase, false)).toBe('retry');
  });

  it.each(['first-sync', 'later'] as const)('a ban is final (%s)', (phase) => {
    expect(refusalAction('AGENT_BANNED', phase, true)).toBe('forget-and-exit');
    expect(refusalAction('AGENT_BANNED', phase, false)).toBe('forget-and-exit');
  });

  it.each(LAPSED)('%s', (denial) => {
    expect(refusalAction(denial, 'first-sync', true)).toBe('forget-and-exit');
    expect(refusalAction(denial, 'later', false)).toBe('forget-and-exit');
    expect(refusalAction(denial, 'later', true)).toBe('reattest');
  });
});
