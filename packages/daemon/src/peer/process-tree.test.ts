import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PidFd } from './pid-fd.ts';
import { readProcessStat } from './process-identity.ts';
import {
  ancestorsOf,
  childrenByParent,
  type HeldProcess,
  holdChild,
  processKey,
  signalDescendants,
} from './process-tree.ts';

function held(pid: number): HeldProcess & Disposable {
  const pidfd = PidFd.open(pid);
  return { pid, pidfd, [Symbol.dispose]: () => pidfd.close() };
}

function descendsFrom(process: HeldProcess, { pid }: HeldProcess): boolean {
  return ancestorsOf(process)?.has(processKey({ pid, ...readProcessStat(pid) })) ?? false;
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

  it('are climbed to a bounded height, and leave no descriptor open', async () => {
    const deep = 'n=$1; if [ $n -gt 0 ]; then sh -c "$0" "$0" $((n - 1)); else echo $$; read line; fi; :';
    const shell = spawn('sh', ['-c', deep, deep, '80'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const [line] = (await once(shell.stdout, 'data')) as [Buffer];
    using leaf = held(Number(line.toString()));
    using top = held(shell.pid ?? 0);
    const files = (): number => readdirSync('/proc/self/fd').length;
    const before = files();
    expect(ancestorsOf(leaf)?.size).toBe(64);
    expect(descendsFrom(leaf, top)).toBe(false);
    expect(files()).toBe(before);
    shell.stdin.end();
    await once(shell, 'exit');
    expect(ancestorsOf(leaf)).toBeUndefined();
  });

  it('who has lost its parent is not below it any more', async () => {
    const { shell, pids } = await family();
    using middle = held(pids[1] ?? 0);
    using leaf = held(pids[2] ?? 0);
    using self = held(process.pid);
    const parent = processKey({ pid: middle.pid, ...readProcessStat(middle.pid) });
    expect(descendsFrom(leaf, self)).toBe(true);
    expect(ancestorsOf(leaf)?.has(parent)).toBe(true);
    process.kill(middle.pid, 'SIGKILL');
    await once(shell, 'exit');
    expect(ancestorsOf(leaf)?.has(parent)).toBe(false);
    expect(descendsFrom(leaf, self)).toBe(false);
    process.kill(leaf.pid, 'SIGKILL');
  });
});
