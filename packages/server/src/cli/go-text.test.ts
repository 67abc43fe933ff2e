import { describe, expect, it } from '@jest/globals';
import { counted, goTime, statusText } from './go-text.ts';

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

describe('statusText', () => {
  it.each([
    [{ code: 5, message: 'no "x"' }, 'code: NotFound, msg: "no \\"x\\""'],
    [null, 'code: Unknown, msg: "no status"'],
  ])('%j', (status, text) => {
    expect(statusText(status)).toBe(text);
  });
});

describe('counted', () => {
  it.each([
    [0, '0 entries'],
    [1, '1 entry'],
    [2, '2 entries'],
  ])('%i', (count, text) => {
    expect(counted(count, 'entry', 'entries')).toBe(text);
  });
});
