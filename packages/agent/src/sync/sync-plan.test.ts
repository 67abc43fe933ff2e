import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextSyncMs } from './sync-plan.ts';

describe('nextSyncMs', () => {
  it.each([
    { name: 'the interval', failures: 0, hasSvids: true, expected: 5_000 },
    { name: 'half as long again after a failure', failures: 1, hasSvids: true, expected: 7_500 },
    { name: 'at most 48 intervals', failures: 99, hasSvids: true, expected: 240_000 },
    { name: 'never long with nothing to hand out', failures: 99, hasSvids: false, expected: 5_000 },
  ])('$name', ({ failures, hasSvids, expected }) => {
    expect(nextSyncMs({ intervalMs: 5_000, failures, hasSvids, draw: 0.5 })).toBe(expected);
  });

  it('is at most 8 minutes for long intervals', () => {
    expect(nextSyncMs({ intervalMs: 60_000, failures: 20, hasSvids: true, draw: 0.5 })).toBe(480_000);
  });

  it('never ends and is never negative', () => {
    const pace = fc.record({
      intervalMs: fc.integer({ min: 1, max: 600_000 }),
      failures: fc.nat(10_000),
      hasSvids: fc.boolean(),
      draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    fc.assert(
      fc.property(pace, (input) => {
        const pause = nextSyncMs(input);
        expect(pause).toBeGreaterThan(0);
        expect(pause).toBeLessThanOrEqual(Math.max(480_000, input.intervalMs) * 1.1);
      }),
    );
  });
});
