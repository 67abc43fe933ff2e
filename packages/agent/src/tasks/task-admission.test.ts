import { describe, expect, it } from '@jest/globals';
import { BeginAllowance } from './begin-allowance.ts';
import { TaskAdmission } from './task-admission.ts';
import { ordinaryConnections, taskLimits } from './task-limits.ts';

const limits = {
  total: 5,
  perUser: 3,
  trees: 2,
  treesPerUser: 1,
  connections: 2,
  connectionsPerUser: 1,
  begins: { perSecond: 1, burst: 100 },
};

function outcome(work: () => unknown): string {
  try {
    work();
    return 'in';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('who may begin a task', () => {
  it('is bounded by user, and in all', () => {
    const admission = new TaskAdmission(limits);
    const enter = (user: string): string => outcome(() => admission.enter(user, false));
    expect(['a', 'a', 'a', 'a', 'b', 'b', 'b'].map(enter)).toEqual([
      'in',
      'in',
      'in',
      'ERR_TASK_LIMIT',
      'in',
      'in',
      'ERR_TASK_LIMIT',
    ]);
  });

  it('is bounded for trees apart; what is refused takes nothing, and what ends gives back once', () => {
    const admission = new TaskAdmission(limits);
    const leave = admission.enter('a', true);
    expect(outcome(() => admission.enter('a', true))).toBe('ERR_TASK_LIMIT');
    expect(outcome(() => admission.enter('a', false))).toBe('in');
    expect(outcome(() => admission.enter('a', false))).toBe('in');
    expect(outcome(() => admission.enter('a', false))).toBe('ERR_TASK_LIMIT');
    leave();
    leave();
    expect(outcome(() => admission.enter('a', true))).toBe('in');
    expect(outcome(() => admission.enter('a', false))).toBe('ERR_TASK_LIMIT');
  });

  it('is bounded in time', () => {
    let nowMs = 0;
    const allowance = new BeginAllowance({ perSecond: 2, burst: 3 }, () => nowMs);
    const taken = (count: number): number =>
      Array.from({ length: count }, () => allowance.take('a')).filter(Boolean).length;
    expect(taken(10)).toBe(3);
    expect(allowance.take('b')).toBe(true);
    nowMs = 1_000;
    expect(taken(10)).toBe(2);
    nowMs = 60_000;
    expect(taken(10)).toBe(3);
  });

  it.each([1_024, 4_096, 20_000, 1_048_576])('leaves files for all when there are %i', (openFiles) => {
    const { total, perUser, trees, connections, connectionsPerUser } = taskLimits(openFiles);
    const files = total + 4 * trees + 4 * connections + 4 * ordinaryConnections(openFiles);
    expect(files).toBeLessThanOrEqual(openFiles);
    expect(perUser).toBeLessThanOrEqual(total / 2);
    expect(connectionsPerUser).toBeLessThanOrEqual(connections / 2);
  });
});
