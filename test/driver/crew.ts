import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerOrder, WorkerReport } from './messages.ts';
import { StolenTask } from './stolen-task.ts';

const PATIENCE_MS = 60_000;

/** A process that holds tasks. */
export class Crew {
  /** The agent that it belongs to. */
  readonly agent: string;
  /** How its tasks ended, as it heard of it. */
  readonly ends = new Map<string, string>();
  readonly #process: ChildProcess;

  private constructor(agent: string, process: ChildProcess) {
    this.agent = agent;
    this.#process = process;
    process.on('message', (report: WorkerReport) => {
      if (report.event === 'ended') this.ends.set(report.id, report.end);
    });
  }

  static async start(agent: string, endpoint: string): Promise<Crew> {
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [], {
      execArgv: ['--no-warnings'],
      env: { PATH: process.env['PATH'] ?? '', SPIFFE_ENDPOINT_SOCKET: endpoint },
    });
    const crew = new Crew(agent, child);
    await crew.#heard('ready');
    return crew;
  }

  /** Begins tasks. @returns what was issued in them. */
  async begin(count: number, ttl: number): Promise<readonly StolenTask[]> {
    this.#tell({ order: 'begin', count, ttl });
    const { tasks } = await this.#heard('begun');
    return tasks.map((loot) => new StolenTask(loot));
  }

  /** Has it end its tasks. */
  finish(): void {
    this.#tell({ order: 'finish' });
  }

  /** Has it end. */
  exit(): void {
    this.#tell({ order: 'exit' });
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null && this.#process.connected;
  }

  #tell(order: WorkerOrder): void {
    this.#process.send(order);
  }

  async #heard<Event extends WorkerReport['event']>(
    event: Event,
  ): Promise<Extract<WorkerReport, { event: Event }>> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const [report] = (await once(this.#process, 'message', { signal })) as [WorkerReport];
      if (report.event === 'failed') throw new Error(`a worker failed: ${report.reason}`);
      if (report.event === event) return report as Extract<WorkerReport, { event: Event }>;
    }
  }
}
