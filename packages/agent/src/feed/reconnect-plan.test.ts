import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reconnectPauseMs } from './reconnect-plan.ts';

const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('reconnectPauseMs', () => {
  it.each([
    [undefined, 0, 500],
    [undefined, 0.5, 1_000],
    [1_000, 0.5, 1_750],
    [9_000, 0.999_999, 10_000],
  ])('after %s ms, drawn %s', (last, drawn, expected) => {
    expect(reconnectPauseMs(last, drawn)).toBeCloseTo(expected, 0);
  });

  it('stays within half a second and ten', () => {
    fc.assert(
      fc.property(fc.array(draw, { maxLength: 50 }), (draws) => {
        let pause: number | undefined;
        for (const one of draws) {
          pause = reconnectPauseMs(pause, one);
          expect(pause).toBeGreaterThanOrEqual(500);
          expect(pause).toBeLessThanOrEqual(10_000);
        }
      }),
    );
  });

  it('spreads agents that lost their server together over seconds after a few tries', () => {
    const next = seededDraws();
    const times = Array.from({ length: 5_000 }, () => {
      let at = 0;
      let pause: number | undefined;
      for (let i = 0; i < 4; i++) at += pause = reconnectPauseMs(pause, next());
      return at;
    });
    const perQuarter = new Map<number, number>();
    for (const at of times) {
      const quarter = Math.floor(at / 250);
      perQuarter.set(quarter, (perQuarter.get(quarter) ?? 0) + 1);
    }
    expect(Math.max(...perQuarter.values())).toBeLessThan(5_000 / 20);
  });
});

/** The numbers of a small generator, the same in each run. */
function seededDraws(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
