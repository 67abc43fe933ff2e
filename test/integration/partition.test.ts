import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { until } from '../kit/program.ts';
import { type Network, TcpProxy } from '../kit/tcp-proxy.ts';
import { fetchOnce, type WatchedUpdate, WorkloadWatcher } from '../kit/workload-watcher.ts';
import { WorkloadTokens } from '../kit/workload-tokens.ts';

/** Longer than the deadline of an agent's calls, so that some are given up. */
const BROKEN_MS = 33_000;
/** Renewal is due at the half, about when the network is whole again; the end is far enough off to be back in time. */
const SVID_TTL_S = 75;
const AUDIENCE = 'partition';
const SELECTORS = [`unix:uid:${process.getuid?.() ?? 0}`];

/** An agent behind a network of its own, and all that its workload saw. */
class Node {
  readonly name: string;
  readonly fetched: WatchedUpdate[] = [];
  readonly validated: string[] = [];
  readonly failures: unknown[] = [];
  readonly watcher: WorkloadWatcher;
  readonly proxy: TcpProxy;
  readonly #parentId: string;
  readonly #deployment: Deployment;
  readonly #tokens: WorkloadTokens;

  private constructor(name: string, deployment: Deployment, proxy: TcpProxy, parentId: string) {
    this.name = name;
    this.proxy = proxy;
    this.#deployment = deployment;
    this.#parentId = parentId;
    this.watcher = new WorkloadWatcher(this.socket);
    this.#tokens = new WorkloadTokens(this.socket);
  }

  /** Starts an agent that serves one identity. */
  static async start(name: string, deployment: Deployment): Promise<Node> {
    const proxy = await TcpProxy.inFrontOf(deployment.port);
    const parentId = await deployment.startAgent(name, [], { serverPort: proxy.port });
    await deployment.createEntry(entry(parentId, `${name}/one`));
    const socket = deployment.agentSocket(name);
    await until(() => isServed(socket), 30_000, 'the first SVID');
    return new Node(name, deployment, proxy, parentId);
  }

  get socket(): string {
    return this.#deployment.agentSocket(this.name);
  }

  /** Another identity for its workload. */
  async register(): Promise<void> {
    await this.#deployment.createEntry(entry(this.#parentId, `${this.name}/two`));
  }

  /** What a workload does that knows nothing of networks, twice a second. */
  async live(ended: AbortSignal): Promise<void> {
    const token = await this.#tokens.fetch(AUDIENCE);
    while (!ended.aborted) {
      const next = performance.now() + 500;
      try {
        this.fetched.push(await fetchOnce(this.socket, 5_000));
        this.validated.push(await this.#tokens.validate(AUDIENCE, token));
        await this.#tokens.fetch(AUDIENCE);
      } catch (error) {
        this.failures.push(error);
      }
      await until(() => ended.aborted || performance.now() > next, 2_000);
    }
  }

  /** When its agent's attempts to synchronize had failed, ms. */
  async failedSyncs(): Promise<readonly number[]> {
    const log = await readFile(join(this.#deployment.folder, this.name, 'agent.log'), 'utf8');
    return [...log.matchAll(/^time="(\S+)" .*Synchronization failed/gm)].map(([, time]) =>
      Date.parse(time ?? ''),
    );
  }

  async close(): Promise<void> {
    this.watcher[Symbol.dispose]();
    this.#tokens[Symbol.dispose]();
    await this.proxy[Symbol.asyncDispose]();
  }
}

describe('a network that breaks between agents and their server (R11)', () => {
  const ended = new AbortController();
  /** After the break, ms, each node had everything new; undefined when it never had. */
  const caughtUpAt = new Map<string, number>();
  let deployment: Deployment;
  let nodes: Map<string, Node>;
  let brokenAtMs: number;

  const node = (name: string): Node => nodes.get(name) as Node;

  beforeAll(async () => {
    deployment = await Deployment.start({
      discoverWorkloadPath: false,
      serverSettings: `default_x509_svid_ttl = "${SVID_TTL_S}s"`,
      agentSettings: 'experimental { sync_interval = "2s" }',
    });
    const names = ['cut', 'cut-too', 'blackhole', 'half-open'];
    nodes = new Map(
      await Promise.all(names.map(async (name) => [name, await Node.start(name, deployment)] as const)),
    );
    const all = [...nodes.values()];
    const lives = all.map((each) => each.live(ended.signal));
    await until(() => all.every(({ fetched }) => fetched.length > 1), 30_000, 'workloads to live');
    brokenAtMs = Date.now();
    for (const [name, { proxy }] of nodes) proxy.become(name.replace('-too', '') as Network);
    await Promise.all(all.map((each) => each.register()));
    const caughtUp = all.map(async ({ name, watcher }) => {
      await watcher.until(({ svids }) => svids.length === 2 && svids.every(isNew), 100_000);
      caughtUpAt.set(name, Date.now() - brokenAtMs);
    });
    await until(() => Date.now() > brokenAtMs + BROKEN_MS, BROKEN_MS * 2, 'the break to be long enough');
    for (const { proxy } of all) proxy.become('whole');
    await Promise.allSettled(caughtUp);
    ended.abort();
    await Promise.all(lives);
  }, 240_000);

  afterAll(async () => {
    ended.abort();
    await Promise.all([...nodes.values()].map((each) => each.close()));
    await deployment[Symbol.asyncDispose]();
  }, 30_000);

  const isNew = ({ leaf }: WatchedUpdate['svids'][number]): boolean =>
    leaf.notAfter * 1000 > brokenAtMs + SVID_TTL_S * 1000 + 5_000;

  describe.each(['cut', 'cut-too', 'blackhole', 'half-open'])('%s', (name) => {
    it('every fetch got an SVID that was valid', () => {
      const { fetched, failures } = node(name);
      const left = fetched.map(
        ({ svids, atMs }) => Math.min(...svids.map(({ leaf }) => leaf.notAfter)) - atMs / 1000,
      );
      figure(`${fetched.length} fetches, shortest life left ${Math.min(...left).toFixed(0)} s`);
      expect(failures).toEqual([]);
      expect(Math.min(...left)).toBeGreaterThan(0);
    });

    it('every token was validated', () => {
      const { validated, fetched } = node(name);
      expect(validated).toHaveLength(fetched.length);
      expect(new Set(validated)).toEqual(new Set([`spiffe://example.org/${name}/one`]));
    });

    it('a watcher was sent nothing empty, nothing less than before, and no end', () => {
      const { updates, error } = node(name).watcher;
      const counts = updates.map(({ svids }) => svids.length);
      expect(error).toBeUndefined();
      expect(counts).toEqual(counts.toSorted());
      expect(counts[0]).toBe(1);
    });

    it('what was registered and what was due meanwhile came', () => {
      figure(`caught up ${seconds(caughtUpAt.get(name))} s after the break began`);
      expect(caughtUpAt.get(name)).toBeDefined();
    });
  });

  it('connections that were lost on the far side only are given up after a deadline', () => {
    expect(caughtUpAt.get('half-open')).toBeLessThan(BROKEN_MS + 15_000);
  });

  it('tries come at growing distances, and not at the same for all', async () => {
    const [one, two] = await Promise.all([node('cut').failedSyncs(), node('cut-too').failedSyncs()]).then(
      (all) => all.map(distances),
    );
    figure(`distances ${one?.map(seconds).join(', ')} s and ${two?.map(seconds).join(', ')} s`);
    expect(one).toEqual(one?.toSorted((a, b) => a - b));
    expect(one?.length).toBeGreaterThan(2);
    expect(one?.map(seconds)).not.toEqual(two?.map(seconds));
  });
});

function entry(parentId: string, path: string): Parameters<Deployment['createEntry']>[0] {
  return { parentId, spiffeId: `spiffe://example.org/${path}`, selectors: SELECTORS };
}

function distances(times: readonly number[]): number[] {
  return times.slice(1).map((at, i) => at - (times[i] as number));
}

async function isServed(socket: string): Promise<boolean> {
  return fetchOnce(socket).then(
    () => true,
    () => false,
  );
}

function seconds(ms = NaN): string {
  return (ms / 1000).toFixed(2);
}
