import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AttestationError, formatSelector } from '@signet/core';
import type { WorkloadAttestor, WorkloadProcess } from '../../kinds/workload-attestor.ts';
import type { PluginConfig } from '../../kinds/plugin.ts';
import { inFolder } from '../../testdata/folder.ts';
import { testHost } from '../../testdata/host.ts';
import { LinuxProcess } from '../../testdata/linux-process.ts';
import { unixWorkloadAttestor } from './agent.ts';

const isRoot = process.geteuid?.() === 0;
const signal = new AbortController().signal;
const DISCOVER: PluginConfig = { discover_workload_path: true };

async function withAttestor<T>(
  config: PluginConfig,
  run: (attestor: WorkloadAttestor) => Promise<T>,
): Promise<T> {
  const clock = { nowMs: () => Date.now() + 60_000 };
  const attestor = await unixWorkloadAttestor.create(config, testHost({ clock }));
  try {
    return await run(attestor);
  } finally {
    await attestor.close();
  }
}

async function selectorsOf(workload: WorkloadProcess, config: PluginConfig = {}): Promise<readonly string[]> {
  return await withAttestor(config, async (attestor) =>
    (await attestor.attest(workload, { signal })).map(formatSelector),
  );
}

/** Runs a copy of `sleep` from the folder while the test looks at it. */
async function withSleep<T>(path: string, run: (workload: LinuxProcess) => Promise<T>): Promise<T> {
  await copyFile('/bin/sleep', path);
  await chmod(path, 0o755);
  const child = spawn(path, ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  try {
    return await run(new LinuxProcess(child.pid ?? -1));
  } finally {
    await ended(child);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** A rename changes the file's change time, so an attestation may fail, but with this code only. */
function refused(error: unknown): undefined {
  expect(error).toMatchObject({ code: 'ERR_ATTESTATION_FAILED' });
}

async function sha256Of(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

describe('unix workload attestor', () => {
  it('tells user and group with their names, in the order of SPIRE', async () => {
    const workload = new LinuxProcess(process.pid, { uid: 0, gid: 0 });
    workload.supplementaryGids = () => Promise.resolve([1, 65_533]);
    expect(await selectorsOf(workload)).toEqual([
      'unix:uid:0',
      'unix:user:root',
      'unix:gid:0',
      'unix:group:root',
      'unix:supplementary_gid:1',
      'unix:supplementary_group:daemon',
      'unix:supplementary_gid:65533',
    ]);
  });

  it('leaves out the names of IDs that have none', async () => {
    const workload = new LinuxProcess(process.pid, { uid: 54_321, gid: 54_322 });
    workload.supplementaryGids = () => Promise.resolve([]);
    expect(await selectorsOf(workload)).toEqual(['unix:uid:54321', 'unix:gid:54322']);
  });

  it('reads no program when not asked to', async () => {
    const workload = new LinuxProcess(process.pid);
    await selectorsOf(workload);
    expect(workload.opened).toBe(0);
  });

  it('tells path and digest when asked to discover them', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'program');
      await withSleep(path, async (workload) => {
        const selectors = await selectorsOf(workload, DISCOVER);
        expect(selectors.slice(-2)).toEqual([
          `unix:path:${path}`,
          `unix:sha256:${await sha256Of('/bin/sleep')}`,
        ]);
      });
    });
  });

  it.each<[string, PluginConfig, boolean]>([
    ['no limit', { workload_size_limit: 0 }, true],
    ['a limit above the size', { workload_size_limit: 100_000_000 }, true],
    ['a negative limit', { workload_size_limit: -1 }, false],
    ['a negative limit in quotes', { workload_size_limit: '-1' }, false],
  ])('with %s a digest is told: %j', async (_, config, told) => {
    await inFolder(async (folder) => {
      await withSleep(join(folder, 'program'), async (workload) => {
        const selectors = await selectorsOf(workload, { ...DISCOVER, ...config });
        expect(selectors.some((selector) => selector.startsWith('unix:path:'))).toBe(true);
        expect(selectors.some((selector) => selector.startsWith('unix:sha256:'))).toBe(told);
      });
    });
  });

  it('fails when the program exceeds the limit', async () => {
    await expect(
      selectorsOf(new LinuxProcess(process.pid), { ...DISCOVER, workload_size_limit: 10 }),
    ).rejects.toMatchObject({
      code: 'ERR_ATTESTATION_FAILED',
    });
  });

  it('T26: a deleted program has its digest and no path', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'program');
      await withSleep(path, async (workload) => {
        await rm(path);
        expect(await workload.exePath()).toBe(`${path} (deleted)`);
        const selectors = await selectorsOf(workload, DISCOVER);
        expect(selectors).not.toContainEqual(expect.stringContaining('unix:path:'));
        expect(selectors).toContain(`unix:sha256:${await sha256Of('/bin/sleep')}`);
      });
    });
  });

  it('T26: a file that is called "(deleted)" does not stand for a deleted one', async () => {
    await inFolder(async (folder) => {
      await withSleep(join(folder, 'program (deleted)'), async (workload) => {
        expect(await selectorsOf(workload, DISCOVER)).not.toContainEqual(
          expect.stringContaining('unix:path:'),
        );
      });
    });
  });

  it('T26: what replaced the running program is not what is hashed, and lends it no path', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'program');
      await withSleep(path, async (workload) => {
        await writeFile(`${path}.new`, 'another program');
        await rename(`${path}.new`, path);
        const selectors = await selectorsOf(workload, DISCOVER);
        expect(selectors).not.toContainEqual(expect.stringContaining('unix:path:'));
        expect(selectors).toContain(`unix:sha256:${await sha256Of('/bin/sleep')}`);
      });
    });
  });

  it('T26: a program started through a link has the path of the file', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'trusted'));
      const [real, link] = [join(folder, 'real'), join(folder, 'trusted', 'program')];
      await copyFile('/bin/sleep', real);
      await symlink(real, link);
      const child = spawn(link, ['60'], { stdio: 'ignore' });
      await once(child, 'spawn');
      const selectors = await selectorsOf(new LinuxProcess(child.pid ?? -1), DISCOVER);
      await ended(child);
      expect(selectors).toContain(`unix:path:${real}`);
    });
  });

  (isRoot ? it : it.skip)('D2: a program mounted over a trusted path lends nobody that path', async () => {
    await inFolder(async (folder) => {
      const [evil, trusted] = [join(folder, 'evil'), join(folder, 'trusted')];
      await copyFile('/bin/sleep', evil);
      await chmod(evil, 0o755);
      await writeFile(trusted, '#!/bin/sh\n', { mode: 0o755 });
      const script = 'mount --bind "$1" "$2" && exec "$2" 60';
      const child = spawn('/usr/bin/unshare', ['--mount', 'sh', '-c', script, 'sh', evil, trusted], {
        stdio: 'ignore',
      });
      await once(child, 'spawn');
      const workload = new LinuxProcess(child.pid ?? -1);
      while ((await workload.exePath()) !== trusted) await new Promise((resolve) => setImmediate(resolve));
      const selectors = await selectorsOf(workload, DISCOVER);
      await ended(child);
      expect(selectors).not.toContainEqual(expect.stringContaining('unix:path:'));
    });
  });

  it('T26: while files swap places, path and digest never belong to different programs', async () => {
    await inFolder(async (folder) => {
      const [path, other] = [join(folder, 'program'), join(folder, 'other')];
      await withSleep(path, async (workload) => {
        const digest = await sha256Of('/bin/sleep');
        await writeFile(other, 'another program');
        const watch = new AbortController();
        const swap = (async () => {
          while (!watch.signal.aborted) {
            await rename(path, `${path}.away`);
            await rename(other, path);
            await rename(path, other);
            await rename(`${path}.away`, path);
          }
        })();
        const attestations = withAttestor(DISCOVER, async (attestor) => {
          for (let i = 0; i < 500; i++) {
            const selectors = await attestor.attest(workload, { signal }).catch(refused);
            if (selectors === undefined) continue;
            expect(selectors).toContainEqual({ type: 'unix', value: `sha256:${digest}` });
            expect(selectors).not.toContainEqual({ type: 'unix', value: `path:${other}` });
          }
        });
        await attestations.finally(() => watch.abort());
        await swap;
      });
    });
  });

  it('says nothing of a program that is not certain, and tells the user all the same', async () => {
    const workload = new LinuxProcess(process.pid);
    // Asked when all has been read: what was certain before may have changed meanwhile.
    workload.hasCertainProgram = () => Promise.resolve(workload.opened === 0);
    const values = await selectorsOf(workload, DISCOVER);
    expect(workload.opened).toBe(1);
    expect(values).toEqual(await selectorsOf(workload));
  });

  it('hashes a program once for many of its processes', async () => {
    await withAttestor(DISCOVER, async (attestor) => {
      const started = performance.now();
      const selectors = await Promise.all(
        Array.from({ length: 50 }, () => attestor.attest(new LinuxProcess(process.pid), { signal })),
      );
      expect(new Set(selectors.map((each) => JSON.stringify(each))).size).toBe(1);
      expect(performance.now() - started).toBeLessThan(5000);
    });
  });

  it('leaves no file open, whatever happens', async () => {
    const before = (await readdir('/proc/self/fd')).length;
    await inFolder(async (folder) => {
      await withSleep(join(folder, 'program'), async (workload) => {
        await selectorsOf(workload, DISCOVER);
        await selectorsOf(workload, { ...DISCOVER, workload_size_limit: 10 }).catch(() => undefined);
        await selectorsOf(workload, { ...DISCOVER, workload_size_limit: -1 });
        workload.exePath = () => Promise.reject(new Error('gone'));
        await selectorsOf(workload, DISCOVER).catch(() => undefined);
      });
    });
    expect((await readdir('/proc/self/fd')).length).toBeLessThanOrEqual(before + 1);
  });

  it('fails when the program cannot be opened', async () => {
    const workload = new LinuxProcess(process.pid);
    workload.openExe = () => Promise.reject(new Error('gone'));
    await expect(selectorsOf(workload, DISCOVER)).rejects.toMatchObject({ code: 'ERR_ATTESTATION_FAILED' });
  });

  it('passes on that the process is not what it was', async () => {
    const workload = new LinuxProcess(process.pid);
    workload.openExe = () => Promise.reject(new AttestationError('ERR_WORKLOAD_CHANGED', 'changed'));
    await expect(selectorsOf(workload, DISCOVER)).rejects.toMatchObject({ code: 'ERR_WORKLOAD_CHANGED' });
  });

  it('stops waiting when it is told to', async () => {
    const abort = new AbortController();
    const workload = new LinuxProcess(process.pid);
    workload.supplementaryGids = () => new Promise(() => undefined);
    await withAttestor({}, async (attestor) => {
      const attestation = attestor.attest(workload, { signal: abort.signal });
      abort.abort(new Error('enough'));
      await expect(attestation).rejects.toThrow('enough');
    });
  });

  it('T31: logs no selector', async () => {
    const host = testHost();
    const attestor = await unixWorkloadAttestor.create(DISCOVER, host);
    await inFolder(async (folder) => {
      const path = join(folder, 'program');
      await withSleep(path, async (workload) => {
        await rm(path);
        await attestor.attest(workload, { signal });
      });
      expect(JSON.stringify(host.logger)).not.toContain(folder);
    });
    await attestor.close();
  });
});
