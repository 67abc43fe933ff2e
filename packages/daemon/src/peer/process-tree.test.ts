import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { PidFd } from './pid-fd.ts';
import {
  childrenByParent,
  descendsFrom,
  type HeldProcess,
  holdChild,
  signalDescendants,
} from './process-tree.ts';

function held(pid: number): HeldProcess & Disposable {
  const pidfd = PidFd.open(pid);
  return { pid, pidfd, [Symbol.dispose]: () => pidfd.close() };
}

/** A shell with a shell below it that has a child of its own. */
async function family(): Promise<{ shell: ChildProcess; pids: readonly number[] }> {
  const shell = spawn('sh', ['-c', "sh -c 'sleep 60 & echo $$ $!; wait' & wait"], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(shell.stdout, 'data')) as [Buffer];
  return { shell, pids: [shell.pid ?? 0, ...line.toString().trim().split(' ').map(Number)] };
}

describe('trees of processes', () => {
  it("a child and a child's child are below a process; it is not below itself, nor below them", async () => {
    const { shell, pids } = await family();
    using top = held(pids[0] ?? 0);
    using middle = held(pids[1] ?? 0);
    using leaf = held(pids[2] ?? 0);
    using self = held(process.pid);
    expect([middle, leaf].map((each) => descendsFrom(each, top))).toEqual([true, true]);
    expect([top, middle, leaf].map((each) => descendsFrom(each, self))).toEqual([true, true, true]);
    expect([top, self].map((each) => descendsFrom(each, top))).toEqual([false, false]);
    expect(descendsFrom(middle, leaf)).toBe(false);

    expect(childrenByParent().get(top.pid)).toEqual([middle.pid]);
    holdChild([leaf.pid], top.pid)?.close();
    expect(holdChild([leaf.pid], top.pid)).toBeUndefined();
    const child = holdChild([leaf.pid, middle.pid], top.pid);
    expect(child?.isAlive()).toBe(true);
    child?.close();

    const ended = once(shell, 'exit');
    expect(signalDescendants(top.pid, 9)).toBeGreaterThan(0);
    await ended;
    expect(descendsFrom(leaf, self)).toBe(false);
    expect(childrenByParent().get(top.pid)).toBeUndefined();
  });

  it('who has lost its parent is not below it any more', async () => {
    const { shell, pids } = await family();
    using middle = held(pids[1] ?? 0);
    using leaf = held(pids[2] ?? 0);
    using self = held(process.pid);
    expect(descendsFrom(leaf, self)).toBe(true);
    process.kill(middle.pid, 'SIGKILL');
    await once(shell, 'exit');
    expect(descendsFrom(leaf, middle)).toBe(false);
    expect(descendsFrom(leaf, self)).toBe(false);
    process.kill(leaf.pid, 'SIGKILL');
  });
});
