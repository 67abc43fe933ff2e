// What a server goes through when all of its agents lose it together, and come back.
//
//   node bench/herd.ts [--agents N] [--loss kill|stop|cut]
//
// As many light agents as asked for, each attested by the server, each with a TLS connection and a feed of its own, wait
// for news. Then the server is killed and started again (kill), stopped and started again (stop), or all connections are
// cut while it runs (cut). Prints how many came back in each quarter of a second, and how the server bore it.
// The agents are a Go program: one for each would not fit.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Deployment } from '../test/kit/deployment.ts';
import { percentile } from '../test/kit/figures.ts';
import { isServing } from '../test/kit/health.ts';
import { processFigures } from '../test/kit/process-figures.ts';
import { runCommand, until } from '../test/kit/program.ts';

interface HerdReport {
  readonly ms: number;
  readonly connected: number;
  readonly opened: number;
  readonly failed: number;
  readonly hints: number;
  readonly synced: number;
  readonly failure?: string;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BUILD = fileURLToPath(new URL('../node_modules/.cache/bench', import.meta.url));
const LOAD = `${BUILD}/load`;
const PROBE_MS = 20;
const QUIET_MS = 15_000;
const LOST_MS = 120_000;
const BAR = 50;

const { values } = parseArgs({
  options: { agents: { type: 'string', default: '5000' }, loss: { type: 'string', default: 'kill' } },
});
const size = Number(values.agents);

/** The agents. */
class Herd {
  readonly reports: HerdReport[] = [];
  readonly #process: ChildProcess;

  constructor(deployment: Deployment) {
    const flags = ['-herd', '-agents', String(size), '-server', deployment.serverSocket];
    this.#process = spawn(LOAD, [...flags, '-address', `127.0.0.1:${deployment.port}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (this.#process.stdout === null) throw new TypeError('the output is a pipe');
    createInterface(this.#process.stdout).on('line', (line) =>
      this.reports.push(JSON.parse(line) as HerdReport),
    );
  }

  get last(): HerdReport | undefined {
    return this.reports.at(-1);
  }

  cut(): void {
    this.#process.kill('SIGUSR1');
  }

  /** Waits until all are connected. @param lostAt - when they had not yet lost the server that they have to find again. */
  async untilConnected(patienceMs: number, lostAt = 0): Promise<void> {
    const isBack = (): boolean =>
      this.last?.connected === size && (lostAt === 0 || this.#lowest(lostAt) < size);
    await until(
      () => {
        if (this.#process.exitCode !== null) throw new Error('the agents ended');
        return isBack();
      },
      patienceMs,
      'all agents',
    );
  }

  #lowest(since: number): number {
    return Math.min(...this.reports.filter(({ ms }) => ms > since).map(({ connected }) => connected));
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

/** How long the server takes for the smallest of answers: as long as its event loop is busy with something else. */
class Probe {
  readonly waits: number[] = [];
  /** when it answered for the first time. */
  firstAt: number | undefined;
  #isOn = true;
  readonly #running: Promise<void>;

  constructor(socket: string) {
    this.#running = this.#run(socket);
  }

  async stop(): Promise<void> {
    this.#isOn = false;
    await this.#running;
  }

  async #run(socket: string): Promise<void> {
    while (this.#isOn) {
      const from = performance.now();
      if (await isServing(socket)) {
        this.waits.push(performance.now() - from);
        this.firstAt ??= Date.now();
      }
      await delay(PROBE_MS);
    }
  }
}

/** The most memory that the server has had. */
class Peak {
  mib = 0;
  readonly #pid: () => number;
  readonly #timer = setInterval(() => void this.#look(), 100);

  constructor(pid: () => number) {
    this.#pid = pid;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#look();
  }

  async #look(): Promise<void> {
    const { rssMib } = await processFigures(this.#pid());
    this.mib = Math.max(this.mib, rssMib);
  }
}

await buildLoad();
await using deployment = await Deployment.start({
  logLevel: 'WARN',
  serverSettings: 'ratelimit {\n attestation = false\n signing = false\n }',
});
const herd = new Herd(deployment);
try {
  await run();
} finally {
  await herd.stop();
}

async function run(): Promise<void> {
  const began = performance.now();
  console.log(`${size} agents attest, each on a connection of its own …`);
  await herd.untilConnected(900_000);
  console.log(`all have a feed after ${seconds(performance.now() - began)} s\n`);
  await quiet();
  const lostAt = Date.now();
  const before = herd.last as HerdReport;
  await lose();
  const probe = new Probe(deployment.serverSocket);
  const memory = new Peak(() => deployment.server.process.pid as number);
  await herd.untilConnected(LOST_MS, lostAt).catch(() => undefined);
  const backAt = Date.now();
  // What comes after, such as synchronizing, is part of it.
  await delay(5_000);
  await probe.stop();
  await memory.stop();
  curve(
    herd.reports.filter(({ ms }) => ms > lostAt && ms <= backAt + 500),
    lostAt,
  );
  const after = herd.last as HerdReport;
  console.log(`\nserver answered after     ${seconds((probe.firstAt ?? NaN) - lostAt)} s`);
  console.log(`all back after            ${seconds(backAt - lostAt)} s (${after.connected} of ${size})`);
  console.log(`tries that failed         ${after.failed - before.failed}`);
  console.log(`told to synchronize       ${after.hints - before.hints}, did ${after.synced - before.synced}`);
  console.log(
    `longest busy event loop   ${Math.max(...probe.waits).toFixed(0)} ms, p99 ${percentile(probe.waits, 0.99).toFixed(0)} ms`,
  );
  console.log(
    `server RSS at most        ${memory.mib.toFixed(0)} MiB, ${((memory.mib * 1024) / size).toFixed(0)} KiB per agent`,
  );
}

/** What the feeds cost while nothing happens. */
async function quiet(): Promise<void> {
  const pid = deployment.server.process.pid as number;
  const from = await cpuSeconds(pid);
  await delay(QUIET_MS);
  const share = ((await cpuSeconds(pid)) - from) / (QUIET_MS / 1000);
  const { rssMib } = await processFigures(pid);
  console.log(`quiet: ${(100 * share).toFixed(1)} % of a core, ${rssMib.toFixed(0)} MiB\n`);
}

async function lose(): Promise<void> {
  console.log(`loss: ${values.loss}`);
  if (values.loss === 'cut') {
    herd.cut();
    return;
  }
  deployment.server.process.kill(values.loss === 'stop' ? 'SIGTERM' : 'SIGKILL');
  await deployment.server.exited;
  await deployment.launchServer();
}

function curve(reports: readonly HerdReport[], lostAt: number): void {
  const steps = reports.map((report, i) => ({
    at: report.ms - lostAt,
    opened: report.opened - (reports[i - 1] ?? report).opened,
    connected: report.connected,
  }));
  const most = Math.max(1, ...steps.map(({ opened }) => opened));
  console.log(`\n   after s   back in 250 ms   connected`);
  for (const { at, opened, connected } of steps) {
    const bar = '█'.repeat(Math.round((opened / most) * BAR));
    console.log(
      `${seconds(at).padStart(10)}${String(opened).padStart(17)}${String(connected).padStart(12)}  ${bar}`,
    );
  }
}

async function cpuSeconds(pid: number): Promise<number> {
  const [, fields = ''] = (await readFile(`/proc/${pid}/stat`, 'latin1')).split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) / 100;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

async function buildLoad(): Promise<void> {
  mkdirSync(BUILD, { recursive: true });
  const { code, stderr } = await runCommand(['go'], ['build', '-o', LOAD, '.'], {
    cwd: `${HERE}load`,
    timeoutMs: 900_000,
  });
  if (code !== 0) throw new Error(`the load generator cannot be built:\n${stderr}`);
}
