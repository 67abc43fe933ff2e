import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment, type DeploymentOptions } from '../kit/deployment.ts';
import { figure, percentile, timesText } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { holdConnections, resetRapidly, sendGarbage, sendGarbageInTls } from '../kit/hostile-peers.ts';
import { type ProcessFigures, processFigures, processorShare } from '../kit/process-figures.ts';
import { RunningProgram, SIGNET_SERVER, until } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { fetchOnce, WorkloadWatcher } from '../kit/workload-watcher.ts';

const FLOODER = fileURLToPath(new URL('../kit/flood-workload-api.ts', import.meta.url));
const FLOODER_UID = 54_322;
const CONNECTIONS = 1_000;
const SECONDS = 5;
/** Of a fetch or call by somebody else meanwhile, while the flooded program has a processor to itself. */
const PATIENCE_MS = 1_000;
/** What may be left once a flood is over. */
const LEFT = { files: 10, rssMib: 80 };
/** Hostile peers come from another address than honest ones. */
const HOSTILE = '127.0.0.2';
/** Another user for the flood, and a look at the files of hardened programs, are root's only. */
const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('floods on loopback', () => {
  let deployment: Deployment;
  let agentId: string;
  let rootsPem: string;

  beforeAll(async () => {
    deployment = await startQuiet();
    agentId = await startServing(deployment);
    using api = ServerApi.local(deployment.serverSocket);
    rootsPem = await api.rootsPem();
  }, 120_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  const fetchTime = (): Promise<number> => timed(() => fetchOnce(deployment.agentSocket()));
  const callTime = (): Promise<number> =>
    timed(async () => {
      using api = ServerApi.tls({ port: deployment.port, rootsPem, trustDomain: 'example.org' });
      await callUnary(api.bundle, api.bundle.GetBundle, {});
    });

  asRoot(
    `${CONNECTIONS} connections and calls without pause of one user keep no other from its SVID (T30)`,
    async () => {
      const pid = deployment.agent.process.pid ?? 0;
      await using flooder = startFlooder(deployment);
      await flooder.wrote('open ');
      const share = await processorShare(pid);
      const times = await repeated(fetchTime, () => flooder.running);
      figure(flooder.output.trim().replaceAll('\n', ', '));
      expect(flooder.output).toContain(`open ${CONNECTIONS}`);
      expectPatience(times, await share());
      await stopsGrowing(pid, () => startFlooder(deployment).exited);
      expect(await deployment.agentCli(['healthcheck'])).toMatchObject({ code: 0 });
    },
    240_000,
  );

  asRoot(
    'garbage and rapid resets on the socket of the agent',
    async () => {
      const pid = deployment.agent.process.pid ?? 0;
      const target = { path: deployment.agentSocket() };
      using watcher = new WorkloadWatcher(deployment.agentSocket());
      await watcher.until(() => true);
      const before = await processFigures(pid);
      await sendGarbage(target, 200, 'nothing');
      await sendGarbage(target, 200, 'preface');
      const resets = await resetRapidly(() => connect(target), '/SpiffeWorkloadAPI/FetchX509SVID', 20_000);
      figure(`${resets} calls reset before the connection was closed`);
      await settled(pid, before);
      expect(watcher.error).toBeUndefined();
      expect((await fetchOnce(deployment.agentSocket())).svids).toHaveLength(1);
    },
    120_000,
  );

  asRoot(
    'garbage and rapid resets on the port of the server (T41, T46)',
    async () => {
      const pid = deployment.server.process.pid ?? 0;
      const target = { host: '127.0.0.1', port: deployment.port, localAddress: HOSTILE };
      const before = await processFigures(pid);
      let isOver = false;
      const share = await processorShare(pid);
      const honest = repeated(callTime, () => !isOver);
      await sendGarbage(target, 200, 'nothing');
      await sendGarbageInTls(target, 50);
      const tls = { ...target, ALPNProtocols: ['h2'], rejectUnauthorized: false };
      const resets = await resetRapidly(
        () => connectTls(tls),
        '/spire.api.server.bundle.v1.Bundle/GetBundle',
        20_000,
      );
      const silent = await holdConnections(target, 500);
      await until(() => silent.every(({ destroyed }) => destroyed), 30_000, 'silent connections to be cut');
      isOver = true;
      const times = await honest;
      figure(`${resets} calls reset before the connection was closed`);
      expectPatience(times, await share());
      await settled(pid, before);
      await register(deployment, agentId, 'after-flood');
      await until(
        async () => (await fetchOnce(deployment.agentSocket())).svids.length === 2,
        60_000,
        'an entry made after the flood',
      );
    },
    120_000,
  );
});

describe('a server with few open files (R13)', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await startQuiet({ server: ['prlimit', '--nofile=400:400', ...SIGNET_SERVER] });
  }, 60_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it('refuses new connections, keeps those it has, and recovers', async () => {
    using local = ServerApi.local(deployment.serverSocket);
    const agentId = await startServing(deployment);
    const rootsPem = await local.rootsPem();
    const sockets = await holdConnections(
      { host: '127.0.0.1', port: deployment.port, localAddress: HOSTILE },
      600,
    );
    // On connections that were there: the operator's, and the agent's.
    await create(local, agentId, 'meanwhile');
    await until(
      async () => (await fetchOnce(deployment.agentSocket())).svids.length === 2,
      30_000,
      'an entry made meanwhile',
    );
    for (const socket of sockets) socket.destroy();
    const recovery = await timed(() =>
      until(
        async () => {
          using api = ServerApi.tls({ port: deployment.port, rootsPem, trustDomain: 'example.org' });
          return await callUnary(api.bundle, api.bundle.GetBundle, {}, { deadline: Date.now() + 1_000 }).then(
            () => true,
            () => false,
          );
        },
        20_000,
        'new connections to be served',
      ),
    );
    figure(`served again after ${recovery.toFixed(0)} ms`);
    expect(recovery).toBeLessThan(5_000);
    expect(deployment.server.running).toBe(true);
    expect(deployment.server.output.split('\n').length).toBeLessThan(200);
  }, 120_000);
});

function startQuiet(options: DeploymentOptions = {}): Promise<Deployment> {
  return Deployment.start({ ...options, discoverWorkloadPath: false, logLevel: 'INFO' });
}

/** Starts an agent that serves this process. @returns its SPIFFE ID. */
async function startServing(deployment: Deployment): Promise<string> {
  const agentId = await deployment.startAgent();
  await register(deployment, agentId, 'workload');
  const isServed = (): Promise<boolean> =>
    fetchOnce(deployment.agentSocket()).then(
      () => true,
      () => false,
    );
  await until(isServed, 30_000, 'the first SVID');
  return agentId;
}

async function register(deployment: Deployment, parentId: string, name: string): Promise<void> {
  using api = ServerApi.local(deployment.serverSocket);
  await create(api, parentId, name);
}

/** Makes an entry for this process. */
async function create({ entry }: ServerApi, parentId: string, name: string): Promise<void> {
  const idOf = (path: string): { trust_domain: string; path: string } => ({
    trust_domain: 'example.org',
    path,
  });
  const selectors = [{ type: 'unix', value: `uid:${process.getuid?.() ?? 0}` }];
  const parent = idOf(parentId.slice('spiffe://example.org'.length));
  await callUnary(entry, entry.BatchCreateEntry, {
    entries: [{ parent_id: parent, spiffe_id: idOf(`/${name}`), selectors }],
  });
}

/**
 * Asks that others were answered soon. Times count as long as they would have been had the flooded program not waited for a
 * processor: how much else the machine has to do says nothing about the program.
 */
function expectPatience(times: readonly number[], share: number): void {
  figure(`others meanwhile: ${timesText(times)}, with ${(share * 100).toFixed(0)} % of a processor`);
  expect(percentile(times, 0.99) * share).toBeLessThan(PATIENCE_MS);
}

function startFlooder(deployment: Deployment): RunningProgram {
  const id = String(FLOODER_UID);
  const command = [
    'setpriv',
    '--reuid',
    id,
    '--regid',
    id,
    '--clear-groups',
    process.execPath,
    '--no-warnings',
  ] as const;
  const args = [FLOODER, deployment.agentSocket(), String(CONNECTIONS), String(SECONDS)];
  return new RunningProgram([...command], args, `${deployment.folder}/flooder.log`);
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** Measures again and again, as long as there is a reason to. */
async function repeated<T>(measure: () => Promise<T>, goesOn: () => boolean): Promise<readonly T[]> {
  const measured: T[] = [];
  do measured.push(await measure());
  while (goesOn());
  return measured;
}

/** Asks that one flood more leaves nothing: the heap keeps the size that it has grown to, but does not grow for ever. */
async function stopsGrowing(pid: number, flood: () => Promise<unknown>, floods = 4): Promise<void> {
  const isConnected = async (): Promise<boolean> => (await processFigures(pid)).files > CONNECTIONS / 2;
  await until(async () => !(await isConnected()), 60_000, 'connections to be closed');
  const before = await processFigures(pid);
  await flood();
  await settled(pid, before).catch(async (error: unknown) => {
    if (floods === 1) throw error;
    await stopsGrowing(pid, flood, floods - 1);
  });
}

/** Waits until a process holds about what it held before. */
async function settled(pid: number, before: ProcessFigures): Promise<void> {
  let now = before;
  const isSettled = async (): Promise<boolean> => {
    now = await processFigures(pid);
    return now.files <= before.files + LEFT.files && now.rssMib <= before.rssMib + LEFT.rssMib;
  };
  await until(isSettled, 20_000, 'files and memory to be given back').finally(() => {
    figure(
      `files ${before.files} → ${now.files}, memory ${before.rssMib.toFixed(0)} → ${now.rssMib.toFixed(0)} MiB`,
    );
  });
}
