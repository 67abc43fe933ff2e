// One benchmark for each hot path, with the whole product running as its users run it.
//
//   node bench/run.ts [--rounds N] [--seconds S] [PATH ...]
//
// With SPIRE_SERVER_BIN and SPIRE_AGENT_BIN set, SPIRE is measured in turn with Signet, and the ratios are printed:
// those are the figures to quote, since machines differ and drift. The load generator needs Go.
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

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BUILD = fileURLToPath(new URL('../node_modules/.cache/bench', import.meta.url));
const LOAD = `${BUILD}/load`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
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
  const reports = new Map<string, Report[]>(rivals.map(({ name }) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { name, options } of rivals) reports.get(name)?.push(await measure(path, options));
  }
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
  const ratio = (key: 'per_second' | 'cpu_seconds_per_1000'): string =>
    middle(ours.map((run, round) => run[key] / (theirs[round] as Report)[key])).toFixed(2);
  console.log(
    row('', 'ratio', `x ${ratio('per_second')}`, `x ${ratio('cpu_seconds_per_1000')}`, '', '', '', ''),
  );
}

async function measure(path: HotPath, options: DeploymentOptions): Promise<Report> {
  await using deployment = await Deployment.start({
    ...options,
    serverSettings: 'ratelimit {\n attestation = false\n signing = false\n }',
    logLevel: 'WARN',
    discoverWorkloadPath: false,
  });
  const flags = [
    '-path',
    path.name,
    '-clients',
    String(path.clients),
    '-seconds',
    values.seconds,
    ...(path.flags ?? []),
  ];
  if (path.of === 'agent') {
    const parentId = await deployment.startAgent();
    const selectors = [`unix:uid:${process.getuid?.() ?? 0}`];
    await deployment.createEntry({ parentId, spiffeId: 'spiffe://example.org/bench', selectors });
    await untilServed(deployment);
    flags.push('-endpoint', deployment.agentSocket(), '-pid', String(deployment.agent.process.pid));
  } else {
    flags.push('-server', deployment.serverSocket, '-address', `127.0.0.1:${deployment.port}`);
    flags.push('-pid', String(deployment.server.process.pid));
  }
  const { code, stdout, stderr } = await runCommand([LOAD], flags, { timeoutMs: 180_000 });
  if (code !== 0) throw new Error(`${path.name}: ${stderr}`);
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

function rivalsToRun(): { name: string; options: DeploymentOptions }[] {
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
