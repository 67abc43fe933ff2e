import { beforeEach, describe, expect, it } from '@jest/globals';
import { Pauses } from './pauses.ts';

let now: number;
let pauses: Pauses<string>;

beforeEach(() => {
  now = 0;
  pauses = new Pauses({ firstMs: 500, longestMs: 2_000, keys: 2 }, () => now);
});

/** How long the pause after the next failure of `a` is. */
function nextPause(): number {
  const failedAt = now;
  pauses.failed('a');
  while (pauses.isOn('a')) now += 100;
  return now - failedAt;
}

describe('Pauses', () => {
  it('doubles from failure to failure up to the longest, and begins anew after a success', () => {
    expect([nextPause(), nextPause(), nextPause(), nextPause()]).toEqual([500, 1000, 2000, 2000]);
    pauses.succeeded('a');
    expect(nextPause()).toBe(500);
  });

  it('takes failures of what was under way together for one', () => {
    for (let i = 0; i < 8; i++) pauses.failed('a');
    now += 500;
    expect(pauses.isOn('a')).toBe(false);
  });

  it('tells what rests', () => {
    pauses.failed('a');
    now += 400;
    pauses.failed('b');
    now += 100;
    expect([...pauses.keysOn()]).toEqual(['b']);
  });

  it('forgets what is gone, and the oldest when there are too many', () => {
    for (const key of ['a', 'b', 'c']) pauses.failed(key);
    expect([...pauses.keysOn()]).toEqual(['b', 'c']);
    pauses.retain(new Map([['c', 1]]));
    expect([...pauses.keysOn()]).toEqual(['c']);
  });
});
