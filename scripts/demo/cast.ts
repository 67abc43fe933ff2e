import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, linkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Report } from './tell.ts';

/** One process of the demo, run from an executable of its own, so that its path is a selector of its own. */
export class Player implements AsyncDisposable {
  readonly path: string;
  readonly reports: Report[] = [];
  readonly #script: string;
  #process: ChildProcess | undefined;

  constructor(folder: string, name: string) {
    this.path = join(folder, name);
    this.#script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
    giveOwnPath(this.path);
  }

  /** Starts it; `onReport` hears all that it tells. */
  start(endpoint: string, args: readonly string[], onReport: (report: Report) => void): void {
    const env = { PATH: process.env['PATH'] ?? '', SPIFFE_ENDPOINT_SOCKET: endpoint };
    const child = spawn(this.path, [this.#script, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const report = JSON.parse(line) as Report;
      this.reports.push(report);
      onReport(report);
    });
  }

  /** Kills it: it can do nothing about that. */
  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  /** How many different SVIDs it has had. */
  get serials(): number {
    return new Set(this.reports.flatMap((report) => (report.event === 'identity' ? [report.serial] : [])))
      .size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(force);
  }
}

function giveOwnPath(path: string): void {
  try {
    linkSync(process.execPath, path);
  } catch {
    // Another file system, or a kernel that lets nobody link to other people's files.
    copyFileSync(process.execPath, path);
  }
}
