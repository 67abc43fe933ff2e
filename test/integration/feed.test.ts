import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { until } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { type Network, TcpProxy } from '../kit/tcp-proxy.ts';
import { fetchOnce, WorkloadWatcher } from '../kit/workload-watcher.ts';

/** Far less than the minute after which an agent with a feed would ask by itself. */
const PUSHED_MS = 15_000;
const CONNECTED = 'The server tells of changes';
const LOST = 'The feed of the server was lost';
const SELECTOR = { type: 'unix', value: `uid:${process.getuid?.() ?? 0}` };

/** An agent with a network of its own, and a workload that watches. */
class Node implements AsyncDisposable {
  readonly proxy: TcpProxy;
  readonly watcher: WorkloadWatcher;
  readonly agent: Deployment['agent'];
  readonly #deployment: Deployment;
  readonly #agentPath: string;

  private constructor(
    deployment: Deployment,
    parts: { proxy: TcpProxy; watcher: WorkloadWatcher; agentPath: string; agent: Deployment['agent'] },
  ) {
    this.#deployment = deployment;
    this.proxy = parts.proxy;
    this.watcher = parts.watcher;
    this.agent = parts.agent;
    this.#agentPath = parts.agentPath;
  }

  static async start(deployment: Deployment, name: string): Promise<Node> {
    const proxy = await TcpProxy.inFrontOf(deployment.port);
    const agentPath = new URL(await deployment.startAgent(name, [], { serverPort: proxy.port })).pathname;
    const agent = deployment.agent;
    await register(deployment, agentPath, `/${name}/first`);
    const socket = deployment.agentSocket(name);
    await until(() => fetchOnce(socket, 5_000).then(yes, no), 30_000, 'the first SVID');
    await agent.wrote(CONNECTED);
    return new Node(deployment, { proxy, watcher: new WorkloadWatcher(socket), agentPath, agent });
  }

  /** Registers an identity, and waits until the workload has it. @returns after how many milliseconds. */
  async get(path: string): Promise<number> {
    const from = Date.now();
    await register(this.#deployment, this.#agentPath, path);
    return this.#untilHas(path, from);
  }

  /** Registers an identity while the agent cannot hear of it. @returns waits until the workload has it. */
  async registerUnheard(path: string): Promise<() => Promise<number>> {
    await register(this.#deployment, this.#agentPath, path);
    return () => this.#untilHas(path, Date.now());
  }

  /** How often the agent has written that. */
  count(text: string): number {
    return this.agent.output.split(text).length - 1;
  }

  async untilCount(text: string, count: number): Promise<void> {
    await until(() => this.count(text) >= count, 40_000, `"${text}" for the ${count}th time`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.watcher[Symbol.dispose]();
    await this.proxy[Symbol.asyncDispose]();
  }

  async #untilHas(path: string, from: number): Promise<number> {
    const update = await this.watcher.until(
      ({ svids }) => svids.some(({ spiffeId }) => spiffeId.endsWith(path)),
      40_000,
    );
    return update.atMs - from;
  }
}

describe('the feed between server and agents', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({
      discoverWorkloadPath: false,
      serverSettings: 'agent_feed_heartbeat = "1s"',
    });
  }, 60_000);
  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it('tells an agent of an identity at once', async () => {
    await using node = await Node.start(deployment, 'plain');
    const times = [await node.get('/plain/second'), await node.get('/plain/third')];
    figure(`after ${times.join(' and ')} ms`);
    expect(Math.max(...times)).toBeLessThan(PUSHED_MS);
  }, 90_000);

  it.each<Network>(['cut', 'blackhole', 'half-open'])(
    'is opened again after a network that was %s, and brings what was missed',
    async (network) => {
      await using node = await Node.start(deployment, network);
      node.proxy.become(network);
      const untilThere = await node.registerUnheard(`/${network}/missed`);
      await node.untilCount(LOST, 1);
      node.proxy.become('whole');
      const afterMs = await untilThere();
      figure(`${afterMs} ms after the network was whole`);
      expect(afterMs).toBeLessThan(PUSHED_MS);
      await node.untilCount(CONNECTED, 2);
      expect(await node.get(`/${network}/later`)).toBeLessThan(PUSHED_MS);
    },
    120_000,
  );

  it('is opened again when the server was killed, and brings what was missed meanwhile', async () => {
    await using node = await Node.start(deployment, 'killed');
    node.proxy.become('cut');
    const untilThere = await node.registerUnheard('/killed/missed');
    deployment.server.process.kill('SIGKILL');
    await deployment.server.exited;
    await deployment.startServer();
    node.proxy.become('whole');
    const afterMs = await untilThere();
    figure(`${afterMs} ms after the server was there`);
    expect(afterMs).toBeLessThan(PUSHED_MS);
    expect(await node.get('/killed/later')).toBeLessThan(PUSHED_MS);
  }, 120_000);

  it('is opened again after the server was stopped, which does not wait for it', async () => {
    await using node = await Node.start(deployment, 'stopped');
    const from = performance.now();
    expect(await deployment.server.stop()).toBe(0);
    figure(`stopped after ${(performance.now() - from).toFixed(0)} ms`);
    expect(performance.now() - from).toBeLessThan(8_000);
    await deployment.startServer();
    await node.untilCount(CONNECTED, 2);
    expect(await node.get('/stopped/later')).toBeLessThan(PUSHED_MS);
  }, 120_000);

  it('ends an agent that is banned, without waiting for its next call', async () => {
    await using node = await Node.start(deployment, 'banned');
    using api = ServerApi.local(deployment.serverSocket);
    const { agents } = await callUnary(api.agent, api.agent.ListAgents, {});
    const own = agents.at(-1);
    const from = performance.now();
    await callUnary(api.agent, api.agent.BanAgent, { id: own?.id ?? null });
    expect(await node.agent.exited).not.toBe(0);
    figure(`ended after ${(performance.now() - from).toFixed(0)} ms`);
    expect(performance.now() - from).toBeLessThan(PUSHED_MS);
    expect(await node.watcher.untilEnd()).toBeDefined();
  }, 90_000);
});

async function register(deployment: Deployment, agentPath: string, path: string): Promise<void> {
  using api = ServerApi.local(deployment.serverSocket);
  const { results } = await callUnary(api.entry, api.entry.BatchCreateEntry, {
    entries: [
      {
        parent_id: { trust_domain: deployment.trustDomain, path: agentPath },
        spiffe_id: { trust_domain: deployment.trustDomain, path },
        selectors: [SELECTOR],
      },
    ],
  });
  if (results[0]?.status?.code !== 0) throw new Error(`not created: ${results[0]?.status?.message}`);
}

const yes = (): boolean => true;
const no = (): boolean => false;
