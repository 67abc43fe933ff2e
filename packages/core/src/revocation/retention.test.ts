import { describe, expect, it } from '@jest/globals';
import { RevocationRetention } from './retention.ts';

const HOUR = 3_600_000;
const START = 1_000 * HOUR;

describe('what may be forgotten', () => {
  it.each([
    { name: 'an hour ago', wall: 5 * HOUR, passed: 5 * HOUR, expected: 4 },
    { name: 'no sooner when the clock is set ahead', wall: 100 * HOUR, passed: 5 * HOUR, expected: 4 },
    { name: 'later when it is set back', wall: -2 * HOUR, passed: 5 * HOUR, expected: -3 },
  ])('expired $name', ({ wall, passed, expected }) => {
    const retention = new RevocationRetention(START, 7);
    const at = retention.forgettableAt(START + wall, 7 + passed);
    expect(at).toBe((START + expected * HOUR) / 1000);
  });
});
