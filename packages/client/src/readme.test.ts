import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeWorkloadApi } from '../../../test/kit/fake-workload-api.ts';
import { TestCa } from '../../../test/kit/test-ca.ts';
import { jwtBundlesMessage, jwtSvidMessage, x509Message } from '../../../test/kit/workload-messages.ts';
import { listen } from './testdata/raw-peer.ts';
import { agentWithTask } from './testdata/test-task.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const SHOP = 'spiffe://example.org/shop';

/** Stands in for what a reader generates from a .proto file. */
const ORDERS_SERVICE = `
import { makeClientConstructor } from '@grpc/grpc-js';
const json = {
  requestSerialize: (value) => Buffer.from(JSON.stringify(value)), requestDeserialize: (bytes) => JSON.parse(bytes),
  responseSerialize: (value) => Buffer.from(JSON.stringify(value)), responseDeserialize: (bytes) => JSON.parse(bytes),
};
export const ordersService = { Count: { path: '/Orders/Count', requestStream: false, responseStream: false, ...json } };
export const OrdersClient = makeClientConstructor(ordersService, 'Orders');
`;

let folder: string;
let ca: TestCa;
let orders: FakeWorkloadApi;
let shop: FakeWorkloadApi;
let worker: FakeWorkloadApi;
let ports: ReadonlyMap<string, number>;
let programs: readonly string[];
let server: ChildProcess;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
  [orders, shop] = await Promise.all([agentOf('/orders'), agentOf('/shop')]);
  worker = await agentWithTask(ca, '/shop', { destinations: ['spiffe://example.org/orders'] });
  folder = await mkdtemp(join(tmpdir(), 'client-readme-'));
  ports = new Map([
    ['8443', await freePort()],
    ['8444', await freePort()],
  ]);
  programs = await writePrograms();
  server = start('server.ts', orders);
  await untilListening();
}, 60_000);

afterAll(async () => {
  server.kill();
  await Promise.all([orders, shop, worker].map((api) => api[Symbol.asyncDispose]()));
  await rm(folder, { recursive: true, force: true });
});

describe('README', () => {
  it('names each of its programs', () => {
    expect(programs).toEqual(['server.ts', 'client.ts', 'more-clients.ts', 'grpc.ts', 'jwt.ts', 'task.ts']);
  });

  it.each([
    ['client.ts', [`Hello ${SHOP}`]],
    ['grpc.ts', [`{ caller: '${SHOP}', count: 3 }`]],
    ['jwt.ts', [SHOP]],
  ])(
    '%s runs, and prints what it says',
    async (name, lines) => {
      const { code, stdout, stderr } = await run(name);
      expect({ code, lines: stdout.trim().split('\n'), stderr }).toEqual({ code: 0, lines, stderr: '' });
    },
    60_000,
  );

  it('task.ts runs, and prints what it says', async () => {
    const { code, stdout, stderr } = await run('task.ts', worker);
    const lines = ['finished', 'the task has ended: its owner ended it'];
    expect({ code, lines: stdout.trim().split('\n'), stderr }).toEqual({ code: 0, lines, stderr: '' });
    expect(worker.taskOrders.map(({ purpose, ttl }) => ({ purpose, ttl }))).toEqual([
      { purpose: 'nightly report', ttl: 600 },
    ]);
  }, 60_000);

  it('more-clients.ts is served three times', async () => {
    const child = start('more-clients.ts', shop);
    const [stdout, stderr] = [new Output(child.stdout), new Output(child.stderr)];
    await stdout.until(3, `Hello ${SHOP}\n`);
    child.kill();
    expect(stdout.count(`Hello ${SHOP}\n`)).toBe(3);
    expect(stderr.text).toBe('');
  }, 60_000);
});

async function agentOf(path: string): Promise<FakeWorkloadApi> {
  const api = await FakeWorkloadApi.start();
  const svid = await ca.issueX509Svid(path);
  api.x509Svids.push(x509Message({ svids: [svid], bundle: [ca] }));
  api.jwtBundles.push(jwtBundlesMessage([ca]));
  api.onFetchJwtSvid = (request) => jwtSvidMessage([{ id: svid.id, token: ca.issueJwtSvid(path, request) }]);
  return api;
}

/** Writes each block of the README to a file of its name, in a folder where packages are found as from here. */
async function writePrograms(): Promise<readonly string[]> {
  await mkdir(join(folder, 'node_modules/@signet'), { recursive: true });
  await symlink(PACKAGE, join(folder, 'node_modules/@signet/client'));
  for (const name of ['@grpc', 'undici']) {
    await symlink(join(PACKAGE, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'orders.ts'), ORDERS_SERVICE);
  const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```(\w*) ?(\S*)\n([^]*?)^```$/gm)];
  for (const [, , name = '', code = ''] of blocks) {
    await writeFile(
      join(folder, name),
      code.replace(/844\d/g, (port) => String(ports.get(port))),
    );
  }
  return blocks.map(([, , name = '']) => name);
}

function start(name: string, api: FakeWorkloadApi): ChildProcess {
  return spawn(process.execPath, ['--conditions=@signet/source', '--no-warnings', join(folder, name)], {
    env: { SPIFFE_ENDPOINT_SOCKET: api.endpoint },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(
  name: string,
  api = shop,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = start(name, api);
  const [stdout, stderr] = [new Output(child.stdout), new Output(child.stderr)];
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** What a program prints. */
class Output {
  text = '';
  readonly #stream: NodeJS.ReadableStream | null;

  constructor(stream: NodeJS.ReadableStream | null) {
    this.#stream = stream;
    stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
  }

  /** How often it has printed this. */
  count(expected: string): number {
    return this.text.split(expected).length - 1;
  }

  /** Ends when it has printed this so many times, or no more is to come. */
  until(times: number, expected: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.count(expected) >= times) resolve();
      };
      this.#stream?.on('data', look).once('end', resolve);
    });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Ends when the first program of the README takes connections. */
async function untilListening(): Promise<void> {
  const stderr = new Output(server.stderr);
  while (server.exitCode === null) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const probe = connect(ports.get('8443') ?? 0, 'localhost');
      probe.once('error', () => {
        resolve(false);
      });
      probe.once('connect', () => {
        probe.destroy();
        resolve(true);
      });
    });
    if (isOpen) return;
  }
  throw new Error(`the server ended: ${stderr.text}`);
}
