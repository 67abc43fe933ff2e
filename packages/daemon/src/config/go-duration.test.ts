import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SignetError } from '@signet/core';
import { formatGoDuration, parseGoDuration } from './go-duration.ts';

describe('parseGoDuration', () => {
  it.each([
    ['0', 0],
    ['1h30m', 5400],
    ['24h', 86400],
    ['1.5s', 1.5],
    ['.5m', 30],
    ['5.s', 5],
    ['300ms', 0.3],
    ['1us', 0.000001],
    ['1µs', 0.000001],
    ['1μs', 0.000001],
    ['2ns', 0.000000002],
    ['-10ms', -0.01],
    ['+5s', 5],
    ['1h2m3s4ms', 3723.004],
  ])('%s', (text, seconds) => {
    expect(parseGoDuration(text)).toBeCloseTo(seconds, 9);
  });

  it.each([
    ['', 'time: invalid duration ""'],
    ['5', 'time: missing unit in duration "5"'],
    ['s', 'time: invalid duration "s"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['1h 30m', 'time: unknown unit "h " in duration "1h 30m"'],
    ['-', 'time: invalid duration "-"'],
    ['1e3s', 'time: unknown unit "e" in duration "1e3s"'],
    ['9999999h', 'time: invalid duration "9999999h"'],
  ])('refuses %j as Go words it', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(message);
    try {
      parseGoDuration(text);
    } catch (error) {
      expect((error as SignetError).code).toBe('ERR_CONFIG_INVALID');
    }
  });
});

describe('formatGoDuration', () => {
  it.each([
    [0, '0s'],
    [5400, '1h30m0s'],
    [60, '1m0s'],
    [1.5, '1.5s'],
    [0.3, '300ms'],
    [0.0000015, '1.5µs'],
    [0.000000002, '2ns'],
    [-90.5, '-1m30.5s'],
    [100, '1m40s'],
    [86400, '24h0m0s'],
    [10, '10s'],
  ])('%d', (seconds, text) => {
    expect(formatGoDuration(seconds)).toBe(text);
  });

  it.each(['1.000001s', '1.000001ms', '1.0005s', '0.000000001s', '2.01s'])(
    '%s is read to the nanosecond',
    (text) => {
      const nanoseconds = Math.round(Number.parseFloat(text) * (text.endsWith('ms') ? 1e6 : 1e9));
      expect(Math.round(parseGoDuration(text) * 1e9)).toBe(nanoseconds);
    },
  );

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (milliseconds) => {
        expect(parseGoDuration(formatGoDuration(milliseconds / 1000))).toBeCloseTo(milliseconds / 1000, 6);
      }),
    );
  });
});
