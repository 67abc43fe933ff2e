// One benchmark for each hot path, with the whole product running as its users run it.
//
//   node bench/run.ts [--rounds N] [--seconds S] [--warmup S | --fresh] [--compare ledger|ledger-sync] [PATH ...]
//
// With SPIRE_SERVER_BIN and SPIRE_AGENT_BIN set, SPIRE is measured in turn with Signet, and the ratios are printed:
// those are the figures to quote, since machines differ and drift. With --compare two configurations of Signet are
// measured in turn instead. The load generator needs Go.
//
// Both run all the time and were under load for --warmup seconds before the first round, as programs that live for
// weeks are. With --fresh each round starts them anew and warms them up for 1.5 s: what the first seconds are like.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Deployment, type DeploymentOptions } from '../test/kit/deployment.ts';
import { runCommand } from '../test/kit/program.ts';

interface Report {
  readonly items: number;
  readonly errors: number;
  readonly error?: string;
  readonly per_second: number;
  readonly cpu_seconds_per_1000: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly rss_mib: number;
}

interface HotPath {
  readonly name: string;
  readonly of: 'server' | 'agent';
  readonly clients: number;
  readonly flags?: readonly string[];
}

const HOT_PATHS: readonly HotPath[] = [
  { name: 'mint-x509', of: 'server', clients: 8 },
  { name: 'mint-jwt', of: 'server', clients: 8 },
  { name: 'batch-x509', of: 'server', clients: 10, flags: ['-batch', '500', '-agents', '10'] },
  { name: 'new-jwt', of: 'server', clients: 8, flags: ['-agents', '4'] },
  { name: 'create-entry', of: 'server', clients: 4, flags: ['-batch', '100'] },
  { name: 'connect-fetch', of: 'agent', clients: 8 },
  { name: 'fetch', of: 'agent', clients: 8 },
  { name: 'fetch-jwt', of: 'agent', clients: 8 },
  { name: 'validate-jwt', of: 'agent', clients: 8 },
];

interface Rival {
  readonly name: string;
  readonly options: DeploymentOptions;
}

/** What a part of Signet costs: as it comes, and without that part. */
const COMPARISONS: Readonly<Record<string, readonly Rival[]>> = {
  ledger: [
    { name: 'ledger', options: {} },
    { name: 'without', options: { serverSettings: 'disable_ledger = true' } },
  ],
  'ledger-sync': [
    { name: 'always', options: { serverSettings: 'ledger_sync = "always"' } },
    { name: 'batched', options: {} },
  ],
};

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BUILD = fileURLToPath(new URL('../node_modules/.cache/bench', import.meta.url));
const LOAD = `${BUILD}/load`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    warmup: { type: 'string', default: '8' },
    fresh: { type: 'boolean', default: false },
    compare: { type: 'string' },
  },
});
const unknown = positionals.filter((name) => !HOT_PATHS.some((path) => path.name === name));
if (unknown.length > 0)
  fail(`no such path: ${unknown.join(', ')}; there are ${HOT_PATHS.map(({ name }) => name).join(', ')}`);
await buildLoad();

const chosen = HOT_PATHS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const rivals = rivalsToRun();
console.log(
  `${values.rounds} rounds of ${values.seconds} s for each path, in turn: ${rivals.map(({ name }) => name).join(', ')}\n`,
);
console.log(row('path', 'who', 'per second', 'CPU s/1000', 'p50 ms', 'p99 ms', 'RSS MiB', 'errors'));
for (const path of chosen) await compare(path);

async function compare(path: HotPath): Promise<void> {
  const reports = await (values.fresh ? measureFresh(path) : measureSideBySide(path));
  for (const [name, runs] of reports) {
    const failure = runs.find(({ error }) => error !== undefined)?.error;
    console.log(
      row(
        path.name,
        name,
        median(runs, 'per_second').toFixed(0),
        median(runs, 'cpu_seconds_per_1000').toFixed(3),
        median(runs, 'p50_ms').toFixed(2),
        median(runs, 'p99_ms').toFixed(2),
        median(runs, 'rss_mib').toFixed(0),
        `${runs.reduce((sum, { errors }) => sum + errors, 0)}${failure === undefined ? '' : ` (${failure.slice(0, 120)})`}`,
      ),
    );
  }
  const [ours, theirs] = [...reports.values()];
  if (ours === undefined || theirs === undefined) return;
  const ratios = (key: 'per_second' | 'cpu_seconds_per_1000'): number[] =>
    ours.map((run, round) => run[key] / (theirs[round] as Report)[key]);
  const [speeds, costs] = [ratios('per_second'), ratios('cpu_seconds_per_1000')];
  console.log(
    row('', 'ratio', `x ${middle(speeds).toFixed(2)}`, `x ${middle(costs).toFixed(2)}`, '', '', '', ''),
  );
  console.log(
    row(
      '',
      'rounds',
      `${Math.min(...speeds).toFixed(2)}-${Math.max(...speeds).toFixed(2)}`,
      `${Math.min(...costs).toFixed(2)}-${Math.max(...costs).toFixed(2)}`,
      '',
      '',
      '',
      '',
    ),
  );
}

/** Each round of each rival has a deployment of its own. */
async function measureFresh(path: HotPath): Promise<ReadonlyMap<string, readonly Report[]>> {
  const reports = new Map<string, Report[]>(rivals.map(({ name }) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { name, options } of rivals) {
      await using deployment = await start(options);
      reports.get(name)?.push(await measure(path, await loadFlags(path, deployment)));
    }
  }
  return reports;
}

/** Deployments stay, so that rounds can be short and many: what else the machine does then reaches both alike. */
async function measureSideBySide(path: HotPath): Promise<ReadonlyMap<string, readonly Report[]>> {
  await using deployments = new AsyncDisposableStack();
  const sides: { readonly flags: readonly string[]; readonly name: string; readonly reports: Report[] }[] =
    [];
  for (const { name, options } of rivals) {
    const deployment = deployments.use(await start(options));
    const flags = await loadFlags(path, deployment);
    await measure(path, [...flags, '-warmup', values.warmup, '-seconds', '0.2']);
    sides.push({ name, flags, reports: [] });
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { flags, reports } of round % 2 === 0 ? sides : sides.toReversed())
      reports.push(await measure(path, [...flags, '-warmup', '0.3']));
  }
  return new Map(sides.map(({ name, reports }) => [name, reports]));
}

function start(options: DeploymentOptions): Promise<Deployment> {
  return Deployment.start({
    ...options,
    serverSettings: `ratelimit {\n attestation = false\n signing = false\n }\n${options.serverSettings ?? ''}`,
    logLevel: 'WARN',
    discoverWorkloadPath: false,
  });
}

/** What the load generator has to know of a deployment. */
async function loadFlags(path: HotPath, deployment: Deployment): Promise<readonly string[]> {
  if (path.of === 'server') {
    const { port, server, serverSocket } = deployment;
    return ['-server', serverSocket, '-address', `127.0.0.1:${port}`, '-pid', String(server.process.pid)];
  }
  const parentId = await deployment.startAgent();
  const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
  await deployment.createEntry({ parentId, spiffeId: 'spiffe://example.org/bench', selectors });
  await untilServed(deployment);
  return ['-endpoint', deployment.agentSocket(), '-pid', String(deployment.agent.process.pid)];
}

async function measure({ name, clients, flags = [] }: HotPath, more: readonly string[]): Promise<Report> {
  const line = ['-path', name, '-clients', String(clients), '-seconds', values.seconds, ...flags, ...more];
  const { code, stdout, stderr } = await runCommand([LOAD], line, { timeoutMs: 180_000 });
  if (code !== 0) throw new Error(`${name}: ${stderr}`);
  return JSON.parse(stdout) as Report;
}

async function untilServed(deployment: Deployment): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if ((await deployment.agentCli(['api', 'fetch', 'x509'])).code === 0) return;
    await delay(200);
  }
  throw new Error('the agent serves no SVID');
}

function rivalsToRun(): readonly Rival[] {
  if (values.compare !== undefined)
    return COMPARISONS[values.compare] ?? fail(`there are ${Object.keys(COMPARISONS).join(', ')} to compare`);
  const server = process.env['SPIRE_SERVER_BIN'];
  const agent = process.env['SPIRE_AGENT_BIN'];
  const signet = { name: 'signet', options: {} };
  if (server === undefined || agent === undefined) {
    console.log('SPIRE is not measured: SPIRE_SERVER_BIN and SPIRE_AGENT_BIN are not set.');
    return [signet];
  }
  return [signet, { name: 'spire', options: { server: [server], agent: [agent] } }];
}

async function buildLoad(): Promise<void> {
  mkdirSync(BUILD, { recursive: true });
  const { code, stderr } = await runCommand(['go'], ['build', '-o', LOAD, '.'], {
    cwd: `${HERE}load`,
    timeoutMs: 900_000,
  });
  if (code !== 0) fail(`the load generator needs Go 1.24 or newer:\n${stderr}`);
}

function median(runs: readonly Report[], key: keyof Report): number {
  return middle(runs.map((run) => Number(run[key])));
}

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function row(...cells: readonly string[]): string {
  const widths = [14, 8, 11, 11, 9, 9, 8, 0];
  return cells
    .map((cell, column) =>
      column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    .join(' ');
}

function fail(text: string): never {
  console.error(text);
  process.exit(1);
}
