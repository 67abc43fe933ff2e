import { describe, expect, it } from '@jest/globals';
import { nextServerSvidCheckMs, planServerSvid } from './server-svid-plan.ts';

const NOW = 1_800_000_000;
const svid = { issuedAt: NOW, expiresAt: NOW + 3600, authorityId: 'aa' };

describe('planServerSvid', () => {
  it.each([
    { name: 'fresh', at: 1799, active: 'aa', tainted: [], expected: undefined },
    { name: 'half its life over', at: 1800, active: 'aa', tainted: [], expected: 'half its life is over' },
    {
      name: 'its authority tainted',
      at: 5,
      active: 'bb',
      tainted: ['aa'],
      expected: 'its authority is tainted',
    },
    { name: 'another authority tainted', at: 5, active: 'bb', tainted: ['cc'], expected: undefined },
    {
      name: 'the next one would be signed by the same',
      at: 5,
      active: 'aa',
      tainted: ['aa'],
      expected: undefined,
    },
  ])('$name', ({ at, active, tainted, expected }) => {
    expect(planServerSvid(svid, NOW + at, active, new Set(tainted))).toBe(expected);
  });
});

describe('nextServerSvidCheckMs', () => {
  it.each([
    { name: 'long-lived: every 5 s', life: 3600, at: 0, expected: 5_000 },
    { name: 'short-lived: at half its life', life: 6, at: 0, expected: 3_001 },
    { name: 'overdue', life: 6, at: 5, expected: 100 },
  ])('$name', ({ life, at, expected }) => {
    expect(nextServerSvidCheckMs({ ...svid, expiresAt: NOW + life }, NOW + at)).toBe(expected);
  });
});
