import { describe, expect, it } from '@jest/globals';
import { FairGate } from './fair-gate.ts';

function held(): { readonly done: Promise<void>; release(): void } {
  let release = (): void => undefined;
  const done = new Promise<void>((resolve) => (release = resolve));
  return { done, release: () => release() };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('FairGate', () => {
  it('takes turns between keys (T30)', async () => {
    const gate = new FairGate<string>({ atOnce: 1, waiting: 10 });
    const first = held();
    const order: string[] = [];
    const run = (key: string, name: string): Promise<void> =>
      gate.run(key, () => {
        order.push(name);
        return Promise.resolve();
      });
    const all = [
      gate.run('noisy', () => first.done),
      run('noisy', 'n1'),
      run('noisy', 'n2'),
      run('noisy', 'n3'),
      run('quiet', 'q1'),
    ];
    await settled();
    first.release();
    await Promise.all(all);
    expect(order).toEqual(['n1', 'q1', 'n2', 'n3']);
  });

  it('never runs more than the limit at once', async () => {
    const gate = new FairGate<number>({ atOnce: 3, waiting: 100 });
    let [running, most] = [0, 0];
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await settled();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 40 }, (_, i) => gate.run(i % 5, work)));
    expect(most).toBe(3);
  });

  it('refuses what would wait too long', async () => {
    const gate = new FairGate<string>({ atOnce: 1, waiting: 1 });
    const first = held();
    const all = [gate.run('a', () => first.done), gate.run('a', () => Promise.resolve())];
    await expect(gate.run('a', () => Promise.resolve())).rejects.toMatchObject({ code: 'ERR_RATE_LIMITED' });
    await expect(Promise.race([gate.run('b', () => Promise.resolve()), settled()])).resolves.toBeUndefined();
    first.release();
    await Promise.all(all);
  });

  it('leaves room for others while one key has much work that takes long (T30)', async () => {
    const gate = new FairGate<string>({ atOnce: 4, atOncePerKey: 2, waiting: 10 });
    const long = held();
    const running: string[] = [];
    const start = (key: string): Promise<void> =>
      gate.run(key, () => {
        running.push(key);
        return long.done;
      });
    const all = [start('noisy'), start('noisy'), start('noisy'), start('noisy')];
    await settled();
    expect(running).toEqual(['noisy', 'noisy']);
    all.push(start('quiet'));
    await settled();
    expect(running).toEqual(['noisy', 'noisy', 'quiet']);
    long.release();
    await Promise.all(all);
    expect(running).toHaveLength(5);
    await expect(gate.run('noisy', () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('gives a place to the next key that may take it', async () => {
    const gate = new FairGate<string>({ atOnce: 2, atOncePerKey: 1, waiting: 10 });
    const [a, b] = [held(), held()];
    const order: string[] = [];
    const start = (key: string, name: string, until: Promise<void>): Promise<void> =>
      gate.run(key, () => {
        order.push(name);
        return until;
      });
    const all = [start('a', 'a1', a.done), start('b', 'b1', b.done)];
    all.push(start('a', 'a2', Promise.resolve()), start('c', 'c1', Promise.resolve()));
    b.release();
    await settled();
    expect(order).toEqual(['a1', 'b1', 'c1']);
    a.release();
    await Promise.all(all);
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2']);
  });

  it('begins a little in each turn of the event loop, so that what comes in meanwhile is heard (T30)', async () => {
    const gate = new FairGate<string>({ atOnce: 64, perTurn: 2, waiting: 100 });
    const order: string[] = [];
    const run = (key: string): Promise<void> =>
      gate.run(key, () => {
        order.push(key);
        return Promise.resolve();
      });
    const all = Array.from({ length: 9 }, () => run('noisy'));
    await settled();
    const begun = order.length;
    expect(begun).toBeLessThanOrEqual(4);
    all.push(run('quiet'));
    await settled();
    expect(order.slice(begun)).toContain('quiet');
    await Promise.all(all);
    expect(order).toHaveLength(10);
  });

  it('goes on after work that fails', async () => {
    const gate = new FairGate<string>({ atOnce: 1, waiting: 1 });
    await expect(gate.run('a', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(gate.run('a', () => Promise.resolve(1))).resolves.toBe(1);
  });
});
