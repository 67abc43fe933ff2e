import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DerError } from '../../errors.ts';
import { DerReader } from './der-reader.ts';
import { encodeTime, FIRST_GENERALIZED_SECOND, LAST_SECOND } from './der-time.ts';

describe('times', () => {
  it('survive encoding and decoding from 1950 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -631_152_000, max: LAST_SECOND }), (seconds) => {
        const read = new DerReader(encodeTime(seconds)).time();
        expect(read).toEqual({ seconds, generalized: seconds >= FIRST_GENERALIZED_SECOND });
      }),
      { numRuns: 500 },
    );
  });

  it('are written as other tools write them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -631_152_000, max: LAST_SECOND }), (seconds) => {
        const written = Buffer.from(encodeTime(seconds).subarray(2)).toString();
        const iso = new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.\d+/gu, '');
        expect(written).toBe(seconds >= FIRST_GENERALIZED_SECOND ? iso : iso.slice(2));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['before 1950', -631_152_001],
    ['after 9999', LAST_SECOND + 1],
    ['fraction', 0.5],
    ['no number', NaN],
  ])('are refused: %s', (_, seconds) => {
    expect(() => encodeTime(seconds)).toThrow(DerError);
  });
});
