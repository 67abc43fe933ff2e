import { describe, expect, it } from '@jest/globals';
import { goTime } from './go-time.ts';

describe('goTime', () => {
  it.each([
    ['0', '1970-01-01 00:00:00 +0000 UTC'],
    [1795450864, '2026-11-23 16:21:04 +0000 UTC'],
    ['253402300799', '9999-12-31 23:59:59 +0000 UTC'],
    ['9223372036854775807', '9223372036854775807 (Unix seconds)'],
  ])('%s', (at, text) => {
    expect(goTime(at)).toBe(text);
  });
});
