import { describe, expect, it } from '@jest/globals';
import { testEntry } from '../testdata/entries.ts';
import { untilNextExpiryMs } from './next-expiry.ts';

describe('untilNextExpiryMs', () => {
  it.each<[string, readonly number[], number]>([
    ['nothing without entries', [], Infinity],
    ['nothing for entries that do not expire', [0, 0], Infinity],
    ['the end of the last second of the next one', [0, 130, 110], 11_000],
    ['nothing for what has expired here', [99, 50], Infinity],
    ['the second that an entry still holds', [100], 1_000],
  ])('is %s', (_name, expiries, expected) => {
    const entries = expiries.map((expiresAt, i) => testEntry(`e${i}`, { expiresAt }));
    expect(untilNextExpiryMs(entries, 100_000)).toBe(expected);
  });
});
