import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { runCommand, until } from '../kit/program.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const VICTIM_ID = 'spiffe://example.org/victim';

describe('workloads whose programs are on a file system that has stopped answering', () => {
  let folder: string;
  let victim: string;
  let deployment: Deployment;
  let fileSystem: ChildProcess;
  const hanging: ChildProcess[] = [];

  async function compile(source: string, program: string): Promise<string> {
    const out = join(folder, program);
    const { code, stderr } = await runCommand(['cc'], ['-O1', '-o', out, join(HERE, source)]);
    if (code !== 0) throw new Error(`a C compiler is needed: ${stderr}`);
    return out;
  }

  async function served(program: string): Promise<boolean> {
    const { stdout } = await runCommand([program], ['honest', deployment.agentSocket()], {
      timeoutMs: 5_000,
    });
    return stdout.includes(VICTIM_ID);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-hung-'));
    const client = await compile('exec-swap.c', 'client');
    victim = join(folder, 'victim');
    await copyFile(client, victim);
    await mkdir(join(folder, 'mounted'));
    fileSystem = spawn(await compile('hung-files.c', 'hung-files'), [join(folder, 'mounted'), client]);
    await once(fileSystem.stdout!, 'data');
    deployment = await Deployment.start();
    const parentId = await deployment.startAgent();
    await deployment.createEntry({ parentId, spiffeId: VICTIM_ID, selectors: [`unix:path:${victim}`] });
    await until(() => served(victim), 30_000, 'the victim to get its SVID');
  }, 120_000);

  afterAll(async () => {
    for (const child of hanging) child.kill('SIGKILL');
    // Its end frees all that waits for it.
    fileSystem.kill('SIGKILL');
    await runCommand(['umount'], ['-l', join(folder, 'mounted')]);
    await deployment[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }, 30_000);

  it('do not keep others from theirs', async () => {
    const program = join(folder, 'mounted', 'program');
    deployment.agent.process.kill('SIGSTOP');
    for (let i = 0; i < 6; i++) hanging.push(spawn(program, ['honest', deployment.agentSocket()]));
    // They have to run before their file system hangs.
    await sleep(500);
    fileSystem.kill('SIGUSR1');
    deployment.agent.process.kill('SIGCONT');
    await sleep(500);
    for (let i = 0; i < 3; i++) expect(await served(victim)).toBe(true);
  }, 60_000);
});
