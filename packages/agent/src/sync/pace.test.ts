import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.ts';

describe('Pace', () => {
  it('lets a burst through at once, and then one after the other', () => {
    let now = 0;
    const pace = new Pace({ perSecond: 100, burst: 3 }, () => now);
    const waits = (count: number): readonly number[] => Array.from({ length: count }, () => pace.reserve());
    expect(waits(6)).toEqual([0, 0, 0, 10, 20, 30]);
    now += 30;
    expect(waits(2)).toEqual([10, 20]);
    now += 10_000;
    expect(waits(4)).toEqual([0, 0, 0, 10]);
  });
});
