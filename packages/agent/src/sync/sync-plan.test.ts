import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstPollMs, nextSyncMs } from './sync-plan.ts';

const polled = { pushedIntervalMs: 60_000, isPushed: false };

describe('nextSyncMs', () => {
  it.each([
    { name: 'the interval', failures: 0, hasSvids: true, expected: 5_000 },
    { name: 'half as long again after a failure', failures: 1, hasSvids: true, expected: 7_500 },
    { name: 'at most 48 intervals', failures: 99, hasSvids: true, expected: 240_000 },
    { name: 'never long with nothing to hand out', failures: 99, hasSvids: false, expected: 5_000 },
  ])('$name', ({ failures, hasSvids, expected }) => {
    expect(nextSyncMs({ ...polled, intervalMs: 5_000, failures, hasSvids, draw: 0.5 })).toBe(expected);
  });

  it('is at most 8 minutes for long intervals', () => {
    expect(nextSyncMs({ ...polled, intervalMs: 60_000, failures: 20, hasSvids: true, draw: 0.5 })).toBe(
      480_000,
    );
  });

  it.each([
    ['rarely while the server tells of changes', 0, 60_000],
    ['as always after a failure', 1, 7_500],
  ])('asks %s', (_name, failures, expected) => {
    const pace = { intervalMs: 5_000, pushedIntervalMs: 60_000, isPushed: true, hasSvids: true, draw: 0.5 };
    expect(nextSyncMs({ ...pace, failures })).toBe(expected);
  });

  it('never ends and is never negative', () => {
    const pace = fc.record({
      intervalMs: fc.integer({ min: 1, max: 600_000 }),
      pushedIntervalMs: fc.constant(60_000),
      isPushed: fc.boolean(),
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

describe('firstPollMs', () => {
  it.each([
    [0, 5_000],
    [0.5, 7_500],
    [0.999, 9_995],
  ])('spreads those that lost the feed together: draw %s', (draw, expected) => {
    expect(firstPollMs(5_000, draw)).toBe(expected);
  });
});
