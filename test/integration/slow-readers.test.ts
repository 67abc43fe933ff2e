import { once } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session, constants } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { processFigures } from '../kit/process-figures.ts';
import { until } from '../kit/program.ts';
import { ServerApi } from '../kit/server-api.ts';
import { WorkloadWatcher } from '../kit/workload-watcher.ts';

const READERS = 300;
const IDENTITIES = 100;
const PUSHES = 10;
const BOUND_MIB = 100;
const UID = process.getuid?.() ?? 0;

/** A workload that asks for its SVIDs and reads nothing of what comes. */
class SlowReader implements Disposable {
  readonly #session: ClientHttp2Session;
  readonly #socket: Socket;

  private constructor(session: ClientHttp2Session, socket: Socket) {
    this.#session = session;
    this.#socket = socket;
  }

  static async open(socketPath: string): Promise<SlowReader> {
    const socket = connect(socketPath);
    const session = connectHttp2('http://localhost', { createConnection: () => socket });
    session.on('error', () => undefined);
    await once(session, 'remoteSettings');
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: '/SpiffeWorkloadAPI/FetchX509SVID',
      [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
      [constants.HTTP2_HEADER_TE]: 'trailers',
      'workload.spiffe.io': 'true',
    });
    stream.on('error', () => undefined);
    stream.end(Buffer.alloc(5));
    // The first message has begun to come: from here on nothing is read, of this stream or of the socket.
    await once(stream, 'response');
    stream.pause();
    socket.pause();
    return new SlowReader(session, socket);
  }

  get isOpen(): boolean {
    return !this.#session.destroyed && !this.#socket.destroyed;
  }

  [Symbol.dispose](): void {
    this.#session.destroy();
    this.#socket.destroy();
  }
}

describe('workloads that do not read what they ask for (T47)', () => {
  const readers: SlowReader[] = [];
  let deployment: Deployment;
  let agentId: string;

  beforeAll(async () => {
    deployment = await Deployment.start({
      discoverWorkloadPath: false,
      logLevel: 'INFO',
      agentSettings: 'experimental { sync_interval = "1s" }',
    });
    agentId = await deployment.startAgent();
    await register(...Array.from({ length: IDENTITIES }, (_, i) => `/one/${i}`));
  }, 120_000);

  afterAll(async () => {
    for (const reader of readers) reader[Symbol.dispose]();
    await deployment[Symbol.asyncDispose]();
  }, 30_000);

  const register = async (...paths: readonly string[]): Promise<void> => {
    using api = ServerApi.local(deployment.serverSocket);
    const idOf = (path: string): { trust_domain: string; path: string } => ({
      trust_domain: 'example.org',
      path,
    });
    await callUnary(api.entry, api.entry.BatchCreateEntry, {
      entries: paths.map((path) => ({
        parent_id: idOf(agentId.slice('spiffe://example.org'.length)),
        spiffe_id: idOf(path),
        selectors: [{ type: 'unix', value: `uid:${UID}` }],
      })),
    });
  };

  it(`${READERS} of them, through ${PUSHES} changes, cost the agent no more than the newest message each`, async () => {
    const pid = deployment.agent.process.pid ?? 0;
    using watcher = new WorkloadWatcher(deployment.agentSocket());
    const message = await watcher.until(({ svids }) => svids.length === IDENTITIES, 60_000);
    for (let i = 0; i < READERS; i++) readers.push(await SlowReader.open(deployment.agentSocket()));
    const before = await processFigures(pid);
    for (let push = 1; push <= PUSHES; push++) {
      await register(`/more/${push}`);
      await watcher.until(({ svids }) => svids.length === IDENTITIES + push, 60_000);
    }
    const after = await processFigures(pid);
    const messageBytes = message.svids.reduce((sum, { leaf }) => sum + 2 * leaf.der.length, 0);
    const unbounded = (READERS * PUSHES * messageBytes) / 2 ** 20;
    figure(
      `memory ${before.rssMib.toFixed(0)} → ${after.rssMib.toFixed(0)} MiB; all that was not read would be ${unbounded.toFixed(0)} MiB`,
    );
    expect(unbounded).toBeGreaterThan(2 * BOUND_MIB);
    expect(after.rssMib - before.rssMib).toBeLessThan(BOUND_MIB);
    expect(readers.every(({ isOpen }) => isOpen)).toBe(true);
    await until(async () => (await deployment.agentCli(['healthcheck'])).code === 0, 10_000, 'health');
  }, 240_000);
});
