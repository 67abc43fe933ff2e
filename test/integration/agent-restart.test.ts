import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { figure, timesText } from '../kit/figures.ts';
import { NodeCa } from '../kit/node-certificate.ts';
import { until } from '../kit/program.ts';
import { fetchOnce, WorkloadWatcher } from '../kit/workload-watcher.ts';

/** More than the default for a longer run. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 5);
const SELECTORS = [`unix:uid:${process.getuid?.() ?? 0}`];
const SPENT = 'failed to attest: join token does not exist or has already been used';
const SHORT_AGENT_TTL_S = 24;
/** For all agents here: nothing depends on how often they synchronize, and so less has to be waited for. */
const QUICK = { discoverWorkloadPath: false, agentSettings: 'experimental { sync_interval = "1s" }' };

let folder: string;
let nodes: NodeCa;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signet-nodes-'));
  nodes = await NodeCa.create(folder);
});

afterAll(() => rm(folder, { recursive: true }));

/** The agent's own SVID as it is stored: empty when it has none. */
async function storedSvid(deployment: Deployment, name: string): Promise<unknown> {
  const text = await readFile(join(deployment.folder, name, 'data', 'agent-data.json'), 'utf8');
  return (JSON.parse(text) as { svid: unknown }).svid;
}

async function startNode(deployment: Deployment, name: string): Promise<string> {
  const nodeAttestor = await nodes.admit(name, [`x509pop://example.org/name/${name}`]);
  await deployment.prepareAgent(name, { nodeAttestor });
  const agent = await deployment.restartAgent(name);
  const id = /Node attestation was successful.*spiffe_id="?(spiffe:[^" ]+)/.exec(agent.output)?.[1];
  if (id === undefined) throw new Error(`no ID in the log:\n${agent.output}`);
  return id;
}

function registerWorkload(deployment: Deployment, parentId: string, name: string): Promise<string> {
  return deployment.createEntry({ parentId, spiffeId: `spiffe://example.org/${name}`, selectors: SELECTORS });
}

/** Waits until a workload gets exactly these identities. @returns how long it took, ms. */
async function served(deployment: Deployment, agent: string, ...names: string[]): Promise<number> {
  const start = performance.now();
  const wanted = names.map((name) => `spiffe://example.org/${name}`).toSorted();
  await until(
    async () => {
      const update = await fetchOnce(deployment.agentSocket(agent)).catch(() => undefined);
      return (
        JSON.stringify(update?.svids.map(({ spiffeId }) => spiffeId).toSorted()) === JSON.stringify(wanted)
      );
    },
    60_000,
    `${names.join(', ')} to be served`,
  );
  return performance.now() - start;
}

describe('an agent that joined with a token, now spent', () => {
  let deployment: Deployment;
  let agentId: string;
  let withToken: readonly string[];

  beforeAll(async () => {
    deployment = await Deployment.start(QUICK);
    agentId = await deployment.startAgent();
    withToken = ['-joinTokenFile', join(deployment.folder, 'agent', 'token')];
    await registerWorkload(deployment, agentId, 'one');
    await served(deployment, 'agent', 'one');
  }, 120_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it(
    `comes back from its data after kill -9, ${ROUNDS} times (R15)`,
    async () => {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await deployment.agent.stop('SIGKILL');
        const start = performance.now();
        const agent = await deployment.launchAgent('agent', withToken);
        await served(deployment, 'agent', 'one');
        times.push(performance.now() - start);
        expect(agent.output).toContain('SVID loaded');
        expect(agent.output).not.toContain('Starting node attestation');
      }
      figure(`from start to the first SVID served: ${timesText(times)}`);
    },
    60_000 + ROUNDS * 20_000,
  );

  it('started while the server is away, waits for it', async () => {
    await Promise.all([deployment.server.stop('SIGKILL'), deployment.agent.stop('SIGKILL')]);
    const agent = await deployment.launchAgent('agent', withToken);
    await agent.wrote('Failed to synchronize');
    await deployment.launchServer();
    figure(
      `from the start of the server to the first SVID served: ${timesText([await served(deployment, 'agent', 'one')])}`,
    );
    expect(agent.running).toBe(true);
  }, 120_000);

  it('serves while the server stands still, and catches up when it goes on (R24)', async () => {
    using watcher = new WorkloadWatcher(deployment.agentSocket());
    await watcher.until(() => true);
    deployment.server.process.kill('SIGSTOP');
    for (let count = 0; count < 10; count++) {
      expect((await fetchOnce(deployment.agentSocket(), 2_000)).svids).toHaveLength(1);
      await sleep(300);
    }
    deployment.server.process.kill('SIGCONT');
    await registerWorkload(deployment, agentId, 'two');
    await watcher.until(({ svids }) => svids.length === 2, 60_000);
  }, 120_000);

  it('ends at once when it is told to, though the server does not answer', async () => {
    deployment.server.process.kill('SIGSTOP');
    // Until it is in the middle of a call, most likely.
    await sleep(1_500);
    const start = performance.now();
    expect(await deployment.agent.stop()).toBe(0);
    expect(performance.now() - start).toBeLessThan(5_000);
    deployment.server.process.kill('SIGCONT');
    await deployment.restartAgent('agent', withToken);
  }, 60_000);

  it('evicted, ends and cannot come back (#11)', async () => {
    const agent = deployment.agent;
    using watcher = new WorkloadWatcher(deployment.agentSocket());
    await watcher.until(() => true);
    await deployment.mustCli('agent', 'evict', '-spiffeID', agentId);
    expect(await agent.exited).toBe(1);
    expect(agent.output).toContain('Agent needs to re-attest: removing SVID and shutting down');
    await watcher.untilEnd();
    expect(await storedSvid(deployment, 'agent')).toEqual([]);
    const again = await deployment.launchAgent('agent', withToken);
    await again.wrote(SPENT, 60_000);
    expect(await again.stop()).not.toBe(127);
    expect(await deployment.mustCli('agent', 'count')).toContain('0 attested agents');
  }, 120_000);
});

describe('an agent that shows a certificate', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({ ...QUICK, serverPlugins: nodes.serverStanza });
  }, 60_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it('evicted, attests again by itself and goes on (#9, #11)', async () => {
    const agentId = await startNode(deployment, 'evicted');
    const agent = deployment.agent;
    await registerWorkload(deployment, agentId, 'one');
    await served(deployment, 'evicted', 'one');
    await deployment.mustCli('agent', 'evict', '-spiffeID', agentId);
    await agent.wrote('Agent is not attested', 60_000);
    await until(
      async () => (await deployment.mustCli('agent', 'list')).includes(agentId),
      30_000,
      'the agent to be back',
    );
    await registerWorkload(deployment, agentId, 'two');
    await served(deployment, 'evicted', 'one', 'two');
    expect(agent.running).toBe(true);
  }, 120_000);

  it('banned, ends at once and is refused until it is evicted (#9, T20)', async () => {
    const agentId = await startNode(deployment, 'banned');
    const agent = deployment.agent;
    await registerWorkload(deployment, agentId, 'one');
    await served(deployment, 'banned', 'one');
    const start = performance.now();
    await deployment.mustCli('agent', 'ban', '-spiffeID', agentId);
    expect(await agent.exited).toBe(1);
    figure(`from ban to the end of the agent: ${timesText([performance.now() - start])}`);
    expect(agent.output).toContain('Agent is banned: removing SVID and shutting down');
    expect(await storedSvid(deployment, 'banned')).toEqual([]);
    const again = await deployment.launchAgent('banned');
    expect(await again.exited).toBe(1);
    expect(again.output).toContain('agent is banned');
    await deployment.mustCli('agent', 'evict', '-spiffeID', agentId);
    await deployment.restartAgent('banned');
    await served(deployment, 'banned', 'one');
  }, 120_000);
});

describe('agents whose SVIDs are short', () => {
  let deployment: Deployment;
  let endsAtMs: number;

  beforeAll(async () => {
    deployment = await Deployment.start({
      ...QUICK,
      serverPlugins: nodes.serverStanza,
      serverSettings: `agent_ttl = "${SHORT_AGENT_TTL_S}s"`,
    });
    await deployment.startAgent('joined');
    await deployment.agent.stop('SIGKILL');
    await startNode(deployment, 'certified');
    await deployment.agent.stop('SIGKILL');
    endsAtMs = Date.now() + SHORT_AGENT_TTL_S * 1_000;
  }, 120_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it('a copy of an SVID is of no use once the agent has renewed it (T19)', async () => {
    const agentId = await deployment.startAgent('original');
    const original = deployment.agent;
    await registerWorkload(deployment, agentId, 'one');
    await served(deployment, 'original', 'one');
    await deployment.prepareAgent('copy');
    await cp(join(deployment.folder, 'original', 'data'), join(deployment.folder, 'copy', 'data'), {
      recursive: true,
    });
    await original.wrote('Agent SVID rotated', 60_000);
    // The new serial counts once the server has seen it.
    await registerWorkload(deployment, agentId, 'two');
    await served(deployment, 'original', 'one', 'two');
    const copy = await deployment.launchAgent('copy');
    expect(await copy.exited).toBe(1);
    expect(copy.output).toContain('SVID loaded');
    expect(copy.output).toContain('Agent needs to re-attest: removing SVID and shutting down');
    expect(original.running).toBe(true);
  }, 120_000);

  it('expired while the agent was down, a spent token brings it no new one', async () => {
    await until(() => Date.now() > endsAtMs, 60_000, 'the SVIDs to expire');
    const agent = await deployment.launchAgent('joined', [
      '-joinTokenFile',
      join(deployment.folder, 'joined', 'token'),
    ]);
    await agent.wrote(SPENT, 60_000);
    await agent.stop();
  }, 120_000);

  it('expired while the agent was down, a certificate does', async () => {
    await until(() => Date.now() > endsAtMs, 60_000, 'the SVIDs to expire');
    const agent = await deployment.restartAgent('certified');
    expect(agent.output).toContain('Node attestation was successful');
  }, 120_000);
});
