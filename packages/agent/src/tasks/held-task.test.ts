import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Task } from '@signet/core';
import { PidFd, readProcessIdentity, type UnixPeer } from '@signet/daemon';
import { testEntry } from '../testdata/entries.ts';
import { HeldTask } from './held-task.ts';
import { Lineages } from './lineages.ts';
import type { TaskCredentials } from './task-credentials.ts';

/** As much of a connection as tasks look at. */
function peerOf(pid: number): UnixPeer {
  const pidfd = PidFd.open(pid);
  return { pid, pidfd, share: '0', closed: false, process: readProcessIdentity(pid) } as UnixPeer;
}

function held(pid: number, isTree: boolean): HeldTask {
  const owner = { pid, share: '0', process: readProcessIdentity(pid), pidfd: PidFd.open(pid) };
  const task = { id: 't', beganAt: 0, deadline: 60 } as Task;
  const credentials = { drop: () => undefined } as unknown as TaskCredentials;
  return new HeldTask(
    { task, entry: testEntry('e1'), credentials, owner, isTree, lineages: new Lineages() },
    0,
  );
}

describe('who may use a task', () => {
  let shell: ChildProcess;
  let child: UnixPeer;
  let self: UnixPeer;

  beforeEach(async () => {
    shell = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(shell.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer];
    child = peerOf(Number(line.toString()));
    self = peerOf(process.pid);
  });
  afterEach(() => {
    if (child.pidfd.isAlive()) process.kill(child.pid, 'SIGKILL');
    shell.kill('SIGKILL');
    child.pidfd.close();
    self.pidfd.close();
  });

  it('is its owner, and for a tree whoever is below', () => {
    const [tree, single] = [held(process.pid, true), held(process.pid, false)];
    const below = held(child.pid, true);
    expect([tree, single, below].map((task) => task.isUsableBy(self))).toEqual([true, true, false]);
    expect([tree, single, below].map((task) => task.isUsableBy(child))).toEqual([true, false, true]);
    for (const task of [tree, single, below]) task.finish({ cause: 'finished', detail: '', at: 0 });
  });

  it('is nobody who has ended, nor below an owner that has', async () => {
    const tree = held(process.pid, true);
    const ofShell = held(shell.pid ?? 0, true);
    expect([tree, ofShell].map((task) => task.isUsableBy(child))).toEqual([true, true]);
    shell.kill('SIGKILL');
    await once(shell, 'exit');
    expect([tree, ofShell].map((task) => task.isUsableBy(child))).toEqual([true, false]);
    process.kill(child.pid, 'SIGKILL');
    while (child.pidfd.isAlive()) await new Promise((resolve) => setImmediate(resolve));
    expect(tree.isUsableBy(child)).toBe(false);
    for (const task of [tree, ofShell]) task.finish({ cause: 'finished', detail: '', at: 0 });
  });
});
