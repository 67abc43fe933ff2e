import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { PidFd } from './pid-fd.ts';
import { ProcessExits } from './process-exits.ts';

function sleeper(): ChildProcess & { readonly pid: number } {
  return spawn('sleep', ['60']) as ChildProcess & { readonly pid: number };
}

describe('watching processes', () => {
  it('tells of the end of each, once, and of no other', async () => {
    const exits = new ProcessExits();
    const children = Array.from({ length: 100 }, sleeper);
    const spared = sleeper();
    const told: number[] = [];
    const pidfds = children.map(({ pid }) => PidFd.open(pid));
    const sparedFd = PidFd.open(spared.pid);
    const all = new Promise<void>((resolve) => {
      for (const [i, pidfd] of pidfds.entries()) {
        exits.watch(pidfd, () => {
          told.push(i);
          if (told.length === children.length) resolve();
        });
      }
    });
    let wasSparedTold = false;
    exits.watch(sparedFd, () => (wasSparedTold = true));
    for (const child of children) child.kill('SIGKILL');
    await all;
    expect(new Set(told).size).toBe(children.length);
    expect(wasSparedTold).toBe(false);
    expect(exits.size).toBe(1);
    const last = new Promise<void>((resolve) => {
      const again = PidFd.open(spared.pid);
      exits.watch(again, () => {
        again.close();
        resolve();
      });
    });
    spared.kill('SIGKILL');
    await last;
    exits.close();
    for (const pidfd of [...pidfds, sparedFd]) pidfd.close();
  });

  it('tells of one that has ended before, and of none that is no longer watched', async () => {
    const exits = new ProcessExits();
    const [ended, forgotten] = [sleeper(), sleeper()];
    const [endedFd, forgottenFd] = [PidFd.open(ended.pid), PidFd.open(forgotten.pid)];
    ended.kill('SIGKILL');
    await once(ended, 'exit');
    let isToldOfForgotten = false;
    const stop = exits.watch(forgottenFd, () => (isToldOfForgotten = true));
    stop();
    forgotten.kill('SIGKILL');
    await once(forgotten, 'exit');
    await new Promise<void>((resolve) => void exits.watch(endedFd, resolve));
    expect(isToldOfForgotten).toBe(false);
    exits.close();
    endedFd.close();
    forgottenFd.close();
  });
});
