import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { type Outcome, runCommand, until } from '../kit/program.ts';

const SOURCE = fileURLToPath(new URL('exec-swap.c', import.meta.url));
const TRUSTED_ID = 'spiffe://example.org/trusted';
const ROUNDS = 40;

// Clients that speak as grpc-java does reach the agent over a bridge; all holds for them as for the others.
describe.each([
  { speech: 'as go-grpc does', env: {} },
  { speech: 'as grpc-java does', env: { LIKE_JAVA: '1' } },
])(
  'a process that speaks $speech, connects, becomes a trusted program, and lets its child ask (D2)',
  ({ env: speech }) => {
    let folder: string;
    let deployment: Deployment;
    let attacker: string;
    let trusted: string;

    const env = { ...process.env, ...speech };
    const call = (program: string, ...args: string[]): Promise<Outcome> =>
      runCommand([program], args, { env });
    const swap = (sender: 'child' | 'parent', millis: number): Promise<Outcome> =>
      call(attacker, 'swap', deployment.agentSocket(), trusted, sender, String(millis));

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'signet-swap-'));
      [attacker, trusted] = [join(folder, 'attacker'), join(folder, 'trusted')];
      const compiled = await runCommand(['cc'], ['-O1', '-o', attacker, SOURCE]);
      if (compiled.code !== 0) throw new Error(`a C compiler is needed: ${compiled.stderr}`);
      await copyFile(attacker, trusted);
      deployment = await Deployment.start();
      const parentId = await deployment.startAgent();
      await deployment.createEntry({ parentId, spiffeId: TRUSTED_ID, selectors: [`unix:path:${trusted}`] });
      await until(
        async () => (await call(trusted, 'honest', deployment.agentSocket())).stdout.includes(TRUSTED_ID),
        30_000,
        'the trusted program to get its SVID',
      );
    }, 120_000);

    afterAll(async () => {
      await deployment[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    }, 30_000);

    it('gets nothing as itself', async () => {
      expect((await call(attacker, 'honest', deployment.agentSocket())).stdout).not.toContain(TRUSTED_ID);
    });

    it.each([
      { sender: 'child', millis: 0 },
      { sender: 'child', millis: 1 },
      { sender: 'child', millis: 50 },
      { sender: 'parent', millis: 0 },
      { sender: 'parent', millis: 50 },
    ] as const)(
      `loses every time when the $sender asks and the child waits $millis ms`,
      async ({ sender, millis }) => {
        for (let round = 0; round < ROUNDS / 4; round++) {
          const outcomes = await Promise.all(Array.from({ length: 4 }, () => swap(sender, millis)));
          for (const { stdout } of outcomes) expect(stdout).not.toContain(TRUSTED_ID);
        }
      },
      120_000,
    );

    it.each(['child', 'parent'] as const)(
      'loses when the agent looks only after the exec, and the %s asks',
      async (sender) => {
        // The agent stands still while the attacker does all of it: what the agent sees first is the trusted program.
        deployment.agent.process.kill('SIGSTOP');
        const outcome = swap(sender, 100);
        await sleep(400);
        deployment.agent.process.kill('SIGCONT');
        expect((await outcome).stdout).not.toContain(TRUSTED_ID);
      },
      30_000,
    );

    it('loses when it has the kernel told that the trusted program answers, as root of a user namespace', async () => {
      // Open folders: it is another user, as it would be.
      await chmod(folder, 0o755);
      deployment.agent.process.kill('SIGSTOP');
      const arguments_ = ['forge', deployment.agentSocket(), trusted, 'child', '100'];
      const outcome = runCommand([attacker], arguments_, { uid: 65534, gid: 65534, env });
      await sleep(600);
      deployment.agent.process.kill('SIGCONT');
      const { stdout, stderr } = await outcome;
      expect(stdout).not.toContain(TRUSTED_ID);
      // It got as far as being refused.
      expect(stderr + stdout).not.toMatch(/unshare|_map|usage/);
    }, 30_000);

    it('does not keep the trusted program from its SVID', async () => {
      expect((await call(trusted, 'honest', deployment.agentSocket())).stdout).toContain(TRUSTED_ID);
    });
  },
);
