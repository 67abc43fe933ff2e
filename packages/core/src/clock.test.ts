import { describe, expect, it } from '@jest/globals';
import { nowSeconds } from './clock.ts';

describe('nowSeconds', () => {
  it.each([
    [0, 0],
    [999, 0],
    [1_800_000_000_999, 1_800_000_000],
  ])('%i ms is second %i', (ms, seconds) => {
    expect(nowSeconds({ nowMs: () => ms })).toBe(seconds);
  });
});
