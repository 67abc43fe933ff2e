import { describe, expect, it } from '@jest/globals';
import { parseGoTime } from './go-time.ts';

describe('parseGoTime', () => {
  it.each([
    ['2021-02-03 04:05:06 +0000 +00', Date.UTC(2021, 1, 3, 4, 5, 6) / 1000],
    ['2021-02-03 04:05:06 -0700 -07', Date.UTC(2021, 1, 3, 11, 5, 6) / 1000],
    ['2021-02-03 04:05:06 +0530 +05', Date.UTC(2021, 1, 2, 23, 5, 6) / 1000],
  ])('reads %s', (text, expected) => {
    expect(parseGoTime(text)).toBe(expected);
  });

  it.each(['', 'yesterday', '2021-02-03', '2021-02-03T04:05:06Z', '2021-13-03 04:05:06 +0000 +00'])(
    'gives nothing for %j',
    (text) => {
      expect(parseGoTime(text)).toBeUndefined();
    },
  );
});
