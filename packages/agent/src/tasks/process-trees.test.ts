import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { PidFd, ProcessExits, readProcessIdentity } from '@signet/daemon';
import { type FollowedTree, ProcessTrees } from './process-trees.ts';
import type { TaskOwner } from './task-owner.ts';

/** A shell that does this, and then waits for its standard input to close. */
async function shell(
  script: string,
): Promise<{ owner: TaskOwner; tell: (line: string) => void; end: () => void }> {
  const child = spawn('sh', ['-c', `echo ready\n${script}\nwhile read line; do eval "$line"; done`], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  const owner = { pid, share: '0', process: readProcessIdentity(pid), pidfd: PidFd.open(pid) };
  return {
    owner,
    tell: (line) => void child.stdin.write(`${line}\n`),
    end: () => {
      child.kill('SIGKILL');
      owner.pidfd.close();
    },
  };
}

describe('following trees', () => {
  it('tells when the last child is gone, and not before', async () => {
    const exits = new ProcessExits();
    const trees = new ProcessTrees(exits);
    const { owner, tell, end } = await shell('sleep 0.2 & sleep 0.5 & sleep 0.9 &');
    const beganAt = performance.now();
    const gone = await new Promise<number>((resolve) => {
      trees.follow(owner, () => resolve(performance.now() - beganAt));
    });
    expect(gone).toBeGreaterThan(700);
    expect(await trees.isAlone(owner)).toBe(true);
    tell('sleep 60 &');
    while (await trees.isAlone(owner));
    end();
    trees.close();
    exits.close();
  });

  it('says nothing of one that never had a child, until a look finds one', async () => {
    const exits = new ProcessExits();
    const trees = new ProcessTrees(exits);
    const { owner, tell, end } = await shell(':');
    let isGone = false as boolean;
    const tree = trees.follow(owner, () => (isGone = true));
    await trees.isAlone(owner);
    expect(isGone).toBe(false);
    tell('sleep 0.4 &');
    while (await trees.isAlone(owner));
    tree.look();
    while (!isGone) await new Promise((resolve) => setImmediate(resolve));
    end();
    trees.close();
    exits.close();
  });

  it('says nothing once it is stopped', async () => {
    const exits = new ProcessExits();
    const trees = new ProcessTrees(exits);
    const { owner, end } = await shell('sleep 0.2 &');
    let isGone = false;
    const tree = trees.follow(owner, () => (isGone = true));
    while (exits.size === 0) await new Promise((resolve) => setImmediate(resolve));
    tree.stop();
    while (!(await trees.isAlone(owner)));
    await trees.isAlone(owner);
    expect({ isGone, watched: exits.size }).toEqual({ isGone: false, watched: 0 });
    end();
    trees.close();
    exits.close();
  });

  it('holds nothing of one that another one had stopped while the same look was told', async () => {
    const exits = new ProcessExits();
    const trees = new ProcessTrees(exits);
    const [ending, lasting] = [await shell('sleep 0.2 &'), await shell('sleep 60 &')];
    const others: FollowedTree[] = [];
    let isGone = false as boolean;
    trees.follow(ending.owner, () => {
      for (const tree of others) tree.stop();
      isGone = true;
    });
    while (exits.size === 0) await new Promise((resolve) => setImmediate(resolve));
    while (exits.size === 1) await new Promise((resolve) => setImmediate(resolve));
    // Some of them come between the two looks that find the first one's child gone, and so wait for the second one as well.
    while (!isGone) {
      others.push(trees.follow(lasting.owner, () => undefined));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(exits.size).toBe(0);
    for (const { end } of [ending, lasting]) end();
    trees.close();
    exits.close();
  });
});
