import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { silentLogger } from '../log/logger.ts';
import { backoff } from './backoff.ts';
import { every } from './every.ts';
import { jittered } from './jitter.ts';
import { after, delay } from './timer.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('after', () => {
  it.each([
    ['a second', 1000],
    ['longer than Node can (F12)', 2 ** 31 + 5000],
    ['a year', 365 * 86400 * 1000],
  ])('waits for %s', async (_name, delayMs) => {
    let fired = 0;
    after(delayMs, () => (fired += 1));
    await jest.advanceTimersByTimeAsync(delayMs - 1);
    expect(fired).toBe(0);
    await jest.advanceTimersByTimeAsync(2);
    expect(fired).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    ['a negative delay', -5, 1],
    ['an infinite delay', Number.POSITIVE_INFINITY, 0],
  ])('%s', async (_name, delayMs, times) => {
    let fired = 0;
    const timer = after(delayMs, () => (fired += 1));
    await jest.advanceTimersByTimeAsync(2 ** 32);
    expect(fired).toBe(times);
    timer.cancel();
  });

  it('does not fire once cancelled', async () => {
    const run = jest.fn();
    after(2 ** 31 + 10, run).cancel();
    await jest.advanceTimersByTimeAsync(2 ** 32);
    expect(run).not.toHaveBeenCalled();
  });

  it('refuses what is no number', () => {
    expect(() => after(Number.NaN, () => undefined)).toThrow(RangeError);
  });
});

describe('delay', () => {
  it('rejects with the reason of the signal, and leaves no timer', async () => {
    const controller = new AbortController();
    const waiting = delay(1000, controller.signal);
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    await expect(delay(1000, controller.signal)).rejects.toThrow('stop');
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('every', () => {
  it('never runs twice at once, and waits from end to start', async () => {
    let running = 0;
    let rounds = 0;
    const repetition = every(
      1000,
      async () => {
        running += 1;
        expect(running).toBe(1);
        await delay(5000);
        running -= 1;
        rounds += 1;
      },
      { logger: silentLogger, name: 'x', immediately: true },
    );
    await jest.advanceTimersByTimeAsync(11_500);
    expect(rounds).toBe(2);
    const stopping = repetition.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    await stopping;
    expect([rounds, running]).toEqual([2, 0]);
  });

  it('goes on after a failure, and runs at once when triggered', async () => {
    let rounds = 0;
    const repetition = every(
      60_000,
      () => {
        rounds += 1;
        throw new Error('x');
      },
      { logger: silentLogger, name: 'x' },
    );
    await jest.advanceTimersByTimeAsync(60_000);
    expect(rounds).toBe(1);
    repetition.trigger();
    repetition.trigger();
    await jest.advanceTimersByTimeAsync(1);
    expect(rounds).toBe(2);
    await repetition.stop();
    repetition.trigger();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(rounds).toBe(2);
  });

  it('runs once more when triggered while it runs', async () => {
    let rounds = 0;
    const repetition = every(
      60_000,
      async () => {
        rounds += 1;
        if (rounds === 1) repetition.trigger();
        await delay(10);
      },
      { logger: silentLogger, name: 'x', immediately: true },
    );
    await jest.advanceTimersByTimeAsync(100);
    expect(rounds).toBe(2);
    await repetition.stop();
  });
});

describe('backoff', () => {
  it('grows to its maximum and starts again', () => {
    const delays = backoff({ initialMs: 100, maxMs: 1000, jitter: 0 });
    expect([1, 2, 3, 4, 5].map(() => delays.next())).toEqual([100, 200, 400, 800, 1000]);
    delays.reset();
    expect(delays.next()).toBe(100);
  });

  it('spreads within the share', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, share) => {
          const got = jittered(value, share);
          return got >= value * (1 - share) - 1e-6 && got <= value * (1 + share) + 1e-6;
        },
      ),
    );
  });
});
