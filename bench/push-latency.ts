// How long it takes from an entry to the SVID in a workload's open stream, and from its deletion until the SVID is gone.
//
//   node bench/push-latency.ts [--rounds N] [--entries N]
//
// A real server, a real agent, one workload that watches FetchX509SVID. Times begin when the operator's call is sent.
// With SPIRE_SERVER_BIN and SPIRE_AGENT_BIN set, SPIRE is measured after Signet, with fewer rounds: each takes seconds.
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Deployment, type DeploymentOptions } from '../test/kit/deployment.ts';
import { percentile } from '../test/kit/figures.ts';
import { callUnary } from '../test/kit/grpc-call.ts';
import { until } from '../test/kit/program.ts';
import { ServerApi } from '../test/kit/server-api.ts';
import { fetchOnce, type WatchedUpdate, WorkloadWatcher } from '../test/kit/workload-watcher.ts';

const SPIRE_ROUNDS = 12;
const SELECTOR = { type: 'unix', value: `uid:${process.getuid?.() ?? 0}` };

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, entries: { type: 'string', default: '1' } },
});

console.log(row('', 'rounds', 'p50 ms', 'p99 ms', 'max ms'));
await measure('signet', {}, Number(values.rounds));
const server = process.env['SPIRE_SERVER_BIN'];
const agent = process.env['SPIRE_AGENT_BIN'];
if (server === undefined || agent === undefined) {
  console.log('SPIRE is not measured: SPIRE_SERVER_BIN and SPIRE_AGENT_BIN are not set.');
} else {
  await measure('spire', { server: [server], agent: [agent] }, SPIRE_ROUNDS);
}

async function measure(name: string, options: DeploymentOptions, rounds: number): Promise<void> {
  await using deployment = await Deployment.start({
    ...options,
    logLevel: 'WARN',
    discoverWorkloadPath: false,
    serverSettings: 'ratelimit {\n attestation = false\n signing = false\n }',
  });
  const parentId = await deployment.startAgent();
  using api = ServerApi.local(deployment.serverSocket);
  // What the agent serves besides; one at least, so that the stream is open before the first round.
  for (let i = 0; i < Number(values.entries); i++) await create(api, parentId, `/other/${i}`);
  await until(() => isServed(deployment.agentSocket()), 120_000, 'the first SVID');
  using watcher = new WorkloadWatcher(deployment.agentSocket());
  await watcher.until(({ svids }) => svids.length === Number(values.entries), 120_000);
  const created: number[] = [];
  const deleted: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Rounds that follow the rhythm of anything would measure that.
    await delay(Math.random() * 50);
    const path = `/round/${round}`;
    const has = ({ svids }: WatchedUpdate): boolean => svids.some(({ spiffeId }) => spiffeId.endsWith(path));
    const createdAt = Date.now();
    const id = await create(api, parentId, path);
    created.push((await watcher.until(has, 60_000)).atMs - createdAt);
    const deletedAt = Date.now();
    await callUnary(api.entry, api.entry.BatchDeleteEntry, { ids: [id] });
    deleted.push((await watcher.until((update) => !has(update), 60_000)).atMs - deletedAt);
  }
  report(`${name}: created`, created);
  report(`${name}: deleted`, deleted);
}

// A SPIRE agent refuses workloads until it has heard of their entries.
function isServed(socket: string): Promise<boolean> {
  return fetchOnce(socket).then(
    () => true,
    () => false,
  );
}

async function create(api: ServerApi, parentId: string, path: string): Promise<string> {
  const parent = new URL(parentId);
  const { results } = await callUnary(api.entry, api.entry.BatchCreateEntry, {
    entries: [
      {
        parent_id: { trust_domain: parent.host, path: parent.pathname },
        spiffe_id: { trust_domain: parent.host, path },
        selectors: [SELECTOR],
      },
    ],
  });
  const id = results[0]?.entry?.id;
  if (id === undefined) throw new Error(`the entry was not created: ${results[0]?.status?.message}`);
  return id;
}

function report(name: string, times: readonly number[]): void {
  const at = (share: number): string => percentile(times, share).toFixed(0);
  console.log(row(name, String(times.length), at(0.5), at(0.99), at(1)));
}

function row(name: string, ...cells: string[]): string {
  return name.padEnd(20) + cells.map((cell) => cell.padStart(9)).join('');
}
