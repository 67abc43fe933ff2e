import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { flood, FLOODS, type FrameFlood } from '../kit/frame-flood.ts';
import { isServing } from '../kit/health.ts';
import { processFigures } from '../kit/process-figures.ts';

/** Far more than any of them needs to be noticed, far less than what would hurt. */
const MOST_FRAMES = 200_000;
const MOST_MIB = 64;

describe('frames without end (T42)', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({ discoverWorkloadPath: false, logLevel: 'INFO' });
    await deployment.startAgent();
  }, 120_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  const toAgent = async (): Promise<Socket> => {
    const socket = connect(deployment.agentSocket());
    await once(socket, 'connect');
    return socket;
  };

  const toServer = async (): Promise<Socket> => {
    const options = { host: '127.0.0.1', port: deployment.port, ALPNProtocols: ['h2'] };
    const socket = connectTls({ ...options, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    return socket;
  };

  describe.each(['agent', 'server'] as const)('to the %s', (whom) => {
    it.each([...FLOODS])(
      '%s has its connection cut',
      async (_, frames: FrameFlood) => {
        const { process } = whom === 'agent' ? deployment.agent : deployment.server;
        const pid = process.pid ?? 0;
        const before = await processFigures(pid);
        const sent = await flood(await (whom === 'agent' ? toAgent() : toServer()), frames, MOST_FRAMES);
        const after = await processFigures(pid);
        figure(`${sent} frames sent, memory ${before.rssMib.toFixed(0)} → ${after.rssMib.toFixed(0)} MiB`);
        expect(sent).toBeLessThan(MOST_FRAMES);
        expect(after.rssMib - before.rssMib).toBeLessThan(MOST_MIB);
        const socket = whom === 'agent' ? deployment.agentSocket() : deployment.serverSocket;
        expect(await isServing(socket)).toBe(true);
      },
      120_000,
    );
  });
});
