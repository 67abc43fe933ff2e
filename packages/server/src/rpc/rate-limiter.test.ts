import { describe, expect, it } from '@jest/globals';
import { PerPeerRateLimiter } from './rate-limiter.ts';

/** A clock that moves when somebody sleeps; sleeps are noted. */
function fakeTime() {
  let nowMs = 1_800_000_000_000;
  const sleeps: number[] = [];
  return {
    sleeps,
    clock: { nowMs: () => nowMs },
    advance: (ms: number) => (nowMs += ms),
    sleep: (ms: number, signal: AbortSignal) => {
      sleeps.push(Math.round(ms));
      signal.throwIfAborted();
      return Promise.resolve();
    },
  };
}

const never = new AbortController().signal;
const ask = (count = 1, changes = {}) => ({
  peer: '192.0.2.1',
  count,
  deadlineMs: Infinity,
  life: { signal: never },
  ...changes,
});

describe('PerPeerRateLimiter', () => {
  it('lets a burst of the limit through at once, and makes the next one wait for its tokens', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(1, time.clock, time.sleep);
    await limiter.take(ask());
    await limiter.take(ask());
    await limiter.take(ask());
    expect(time.sleeps).toEqual([1000, 2000]);
  });

  it('fills up again with time, never above the burst', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(10, time.clock, time.sleep);
    await limiter.take(ask(10));
    time.advance(500);
    await limiter.take(ask(5));
    expect(time.sleeps).toEqual([]);
    time.advance(60_000);
    await limiter.take(ask(10));
    await limiter.take(ask(1));
    expect(time.sleeps).toEqual([100]);
  });

  it('refuses what can never be there, and takes nothing for it', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(500, time.clock, time.sleep);
    await expect(limiter.take(ask(501))).rejects.toMatchObject({
      code: 'ERR_RATE_BURST_EXCEEDED',
      message: 'rate (501) exceeds burst size (500)',
    });
    await limiter.take(ask(500));
    expect(time.sleeps).toEqual([]);
  });

  it('refuses at once when the deadline comes before the turn, and takes nothing for it', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(1, time.clock, time.sleep);
    await limiter.take(ask());
    const deadlineMs = time.clock.nowMs() + 999;
    await expect(limiter.take(ask(1, { deadlineMs }))).rejects.toMatchObject({ code: 'ERR_RATE_LIMITED' });
    await limiter.take(ask());
    expect(time.sleeps).toEqual([1000]);
  });

  it('refuses rather than let a call queue for ever', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(1, time.clock, time.sleep);
    for (let turn = 0; turn <= 120; turn++) await limiter.take(ask());
    await expect(limiter.take(ask())).rejects.toMatchObject({ code: 'ERR_RATE_LIMITED' });
  });

  it('gives the tokens of a call that ended while it waited to the others', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(1, time.clock, time.sleep);
    await limiter.take(ask());
    const gone = AbortSignal.abort(new DOMException('gone', 'AbortError'));
    await expect(limiter.take(ask(1, { life: { signal: gone } }))).rejects.toThrow('gone');
    await limiter.take(ask());
    expect(time.sleeps).toEqual([1000, 1000]);
  });

  it('keeps the peers apart', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(1, time.clock, time.sleep);
    await limiter.take(ask());
    await limiter.take(ask(1, { peer: '192.0.2.2' }));
    expect(time.sleeps).toEqual([]);
  });

  it('keeps the debt of a peer over a change of generation', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(1, time.clock, time.sleep);
    for (let turn = 0; turn < 100; turn++) await limiter.take(ask());
    time.advance(61_000);
    await limiter.take(ask());
    expect(time.sleeps.at(-1)).toBe(39_000);
  });

  it('forgets a peer that was quiet for two generations', async () => {
    const time = fakeTime();
    const limiter = new PerPeerRateLimiter(1, time.clock, time.sleep);
    for (let turn = 0; turn <= 120; turn++) await limiter.take(ask());
    time.advance(60_000);
    await limiter.take(ask(1, { peer: '192.0.2.2' }));
    time.advance(60_000);
    await limiter.take(ask(1, { peer: '192.0.2.2' }));
    time.sleeps.length = 0;
    await limiter.take(ask());
    expect(time.sleeps).toEqual([]);
  });
});
