import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { LineLimiter } from './line-limiter.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function limiter(most = 3): { readonly lines: LineLimiter; readonly reports: unknown[] } {
  const reports: unknown[] = [];
  const report = (kind: string, heldBack: number): void => void reports.push([kind, heldBack]);
  return { lines: new LineLimiter({ most, periodMs: 1000, report }), reports };
}

it('lets the first lines of each kind through and counts the others', () => {
  const { lines, reports } = limiter();
  expect(Array.from({ length: 5 }, () => lines.admit('a'))).toEqual([true, true, true, false, false]);
  expect(lines.admit('b')).toBe(true);
  jest.advanceTimersByTime(1000);
  expect(reports).toEqual([['a', 2]]);
});

it('begins anew after a period', () => {
  const { lines, reports } = limiter(1);
  expect([lines.admit('a'), lines.admit('a')]).toEqual([true, false]);
  jest.advanceTimersByTime(1000);
  expect([lines.admit('a'), lines.admit('a'), lines.admit('a')]).toEqual([true, false, false]);
  jest.advanceTimersByTime(1000);
  expect(reports).toEqual([
    ['a', 1],
    ['a', 2],
  ]);
});

it('counts no more than 256 kinds', () => {
  const { lines, reports } = limiter(1);
  for (let kind = 0; kind < 10_000; kind += 1) lines.admit(String(kind));
  jest.advanceTimersByTime(1000);
  expect(reports).toEqual([['other', 10_000 - 256 - 1]]);
});
