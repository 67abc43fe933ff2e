import { describe, expect, it } from '@jest/globals';
import { monotonicMs } from '@signet/daemon';
import { Alarm } from './alarm.ts';

const NEVER = 600_000;

describe('Alarm', () => {
  it('ends a wait that is under way', async () => {
    const alarm = new Alarm();
    const waiting = alarm.wait(NEVER, new AbortController().signal);
    alarm.ring();
    expect([await waiting, alarm.isRung]).toEqual([true, false]);
  });

  it('ends the next wait when nobody waits, and only that', async () => {
    const alarm = new Alarm();
    alarm.ring();
    alarm.ring();
    expect(alarm.isRung).toBe(true);
    expect(await alarm.wait(NEVER, new AbortController().signal)).toBe(true);
    const ended = new AbortController();
    const second = alarm.wait(NEVER, ended.signal);
    ended.abort();
    expect(await second).toBe(false);
  });

  it('brings the end forward, and never puts it off', async () => {
    const alarm = new Alarm();
    const waiting = alarm.wait(NEVER, new AbortController().signal);
    const from = monotonicMs();
    alarm.notLaterThan(20);
    alarm.notLaterThan(NEVER);
    expect(await waiting).toBe(true);
    expect(monotonicMs() - from).toBeGreaterThanOrEqual(19);
  });

  it('does not wait once the signal has aborted', async () => {
    expect(await new Alarm().wait(NEVER, AbortSignal.abort())).toBe(false);
  });
});
