import { describe, expect, it } from '@jest/globals';
import { counted, statusText } from './go-text.ts';

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
