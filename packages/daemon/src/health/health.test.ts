import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { silentLogger } from '../log/logger.ts';
import { startHealthListener } from './health-listener.ts';
import { createHealth, type HealthState } from './health.ts';

const fine: HealthState = { live: true, ready: true };

afterEach(() => void jest.useRealTimers());

describe('health', () => {
  it('is nothing before the first round', () => {
    expect(createHealth({ logger: silentLogger }).report()).toMatchObject({ live: false, ready: false });
  });

  it('is fine when all are, and tells of each', async () => {
    const health = createHealth({ logger: silentLogger });
    health.add('server', () => fine);
    health.add('server.ca', () =>
      Promise.resolve({ live: true, ready: false, readyDetails: { reason: 'no authority' } }),
    );
    expect(await health.check()).toEqual({
      live: true,
      ready: false,
      liveDetails: { server: {}, 'server.ca': {} },
      readyDetails: { server: {}, 'server.ca': { reason: 'no authority' } },
    });
  });

  it('counts a check that throws as neither live nor ready, and hides why', async () => {
    const health = createHealth({ logger: silentLogger });
    health.add('store', () => Promise.reject(new Error('password=hunter2')));
    const report = await health.check();
    expect([report.live, report.ready, JSON.stringify(report).includes('hunter2')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('refuses a name twice', () => {
    const health = createHealth({ logger: silentLogger });
    health.add('x', () => fine);
    expect(() => health.add('x', () => fine)).toThrow(TypeError);
  });

  it('looks each second until it is fine, then each minute', async () => {
    jest.useFakeTimers();
    let rounds = 0;
    let state: HealthState = { live: true, ready: false };
    const health = createHealth({ logger: silentLogger });
    health.add('x', () => {
      rounds += 1;
      return state;
    });
    const turns: boolean[] = [];
    health.onChange(({ ready }) => void turns.push(ready));
    health.start();
    await jest.advanceTimersByTimeAsync(3000);
    expect(rounds).toBeGreaterThanOrEqual(3);
    state = fine;
    await jest.advanceTimersByTimeAsync(2000);
    const sofar = rounds;
    await jest.advanceTimersByTimeAsync(55_000);
    expect(rounds).toBe(sofar);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(rounds).toBe(sofar + 1);
    expect(turns).toEqual([false, true]);
    health.close();
  });
});

it('is asked for over HTTP', async () => {
  const health = createHealth({ logger: silentLogger });
  health.add('agent', () => ({ live: true, ready: false }));
  const listener = await startHealthListener({
    host: '127.0.0.1',
    port: 0,
    livePath: '/live',
    readyPath: '/ready',
    health,
  });
  const ask = async (path: string): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${listener.port}${path}`);
    return [answer.status, await answer.text()];
  };
  expect(await ask('/live')).toEqual([500, '{}\n']);
  await health.check();
  expect(await ask('/live?x')).toEqual([200, '{"agent":{}}\n']);
  expect(await ask('/ready')).toEqual([500, '{"agent":{}}\n']);
  expect(await ask('/other')).toEqual([404, '']);
  await listener.close();
});
