import { describe, expect, it } from '@jest/globals';
import type { Timer } from '@signet/daemon';
import { Remaker } from './remaker.ts';

/** Timers that run when the time is moved. */
class Time {
  nowMs = 0;
  readonly #planned = new Map<object, { atMs: number; run: () => void }>();

  readonly after = (delayMs: number, run: () => void): Timer => {
    const timer = { cancel: () => void this.#planned.delete(timer) } as unknown as Timer;
    this.#planned.set(timer, { atMs: this.nowMs + delayMs, run });
    return timer;
  };

  async advance(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    for (;;) {
      await settled();
      const due = [...this.#planned]
        .filter(([, { atMs }]) => atMs <= until)
        .sort(([, a], [, b]) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#planned.delete(due[0]);
      this.nowMs = Math.max(this.nowMs, due[1].atMs);
      due[1].run();
    }
    this.nowMs = until;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function remaking(make: (time: Time) => Promise<number>) {
  const time = new Time();
  const made: number[] = [];
  const failures: unknown[] = [];
  const remaker = new Remaker({
    after: time.after,
    nowMs: () => time.nowMs,
    make: () => {
      made.push(time.nowMs);
      return make(time);
    },
    onFailure: (error) => failures.push(error),
  });
  return { time, made, failures, remaker };
}

describe('Remaker', () => {
  it('makes one for all that come within 50 ms', async () => {
    const { time, made, remaker } = remaking(() => Promise.resolve(Infinity));
    for (let i = 0; i < 5; i++) {
      remaker.ask();
      await time.advance(10);
    }
    await time.advance(1000);
    expect(made).toEqual([50]);
  });

  it('makes another for what came while it was making', async () => {
    let finish: () => void = () => undefined;
    const { time, made, remaker } = remaking(
      () => new Promise((resolve) => (finish = () => resolve(Infinity))),
    );
    remaker.ask();
    await time.advance(60);
    remaker.ask();
    await time.advance(60);
    expect(made).toEqual([50]);
    finish();
    await time.advance(1000);
    expect(made).toHaveLength(2);
  });

  it('makes another for a start while it was making', async () => {
    const finish: (() => void)[] = [];
    const { time, made, remaker } = remaking(
      () => new Promise((resolve) => finish.push(() => resolve(Infinity))),
    );
    remaker.ask();
    await time.advance(60);
    let isStarted = false;
    const started = remaker.start().then(() => (isStarted = true));
    finish.shift()?.();
    await time.advance(0);
    expect([made.length, isStarted]).toEqual([2, false]);
    finish.shift()?.();
    await started;
  });

  it('makes it anew when it is due, without being asked', async () => {
    const { time, made, remaker } = remaking(() => Promise.resolve(300));
    await remaker.start();
    await time.advance(700);
    expect(made).toEqual([0, 300, 600]);
  });

  it('takes a fifth of the time at most, however often it is asked', async () => {
    const { time, made, remaker } = remaking((clock) => {
      clock.nowMs += 100;
      return Promise.resolve(Infinity);
    });
    for (let i = 0; i < 400; i++) {
      remaker.ask();
      await time.advance(10);
    }
    expect(made.length).toBeGreaterThan(5);
    expect(made.length * 100).toBeLessThanOrEqual(time.nowMs * 0.25);
  });

  it('tries again after a failure, and tells of it', async () => {
    let tries = 0;
    const { time, made, failures, remaker } = remaking(() =>
      ++tries === 1 ? Promise.reject(new Error('disk')) : Promise.resolve(Infinity),
    );
    await remaker.start();
    await time.advance(5000);
    expect([made.length, failures.length]).toEqual([2, 1]);
  });

  it('makes nothing any more once it is closed', async () => {
    const { time, made, remaker } = remaking(() => Promise.resolve(10));
    await remaker.start();
    await remaker.close();
    remaker.ask();
    await time.advance(1000);
    expect(made).toEqual([0]);
  });
});
