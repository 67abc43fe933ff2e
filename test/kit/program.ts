import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program and the arguments that always come first. */
export type Command = readonly [string, ...string[]];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The server of this repository, as its users start it. */
export const SIGNET_SERVER: Command = [process.execPath, `${ROOT}packages/server/bin/signet-server.js`];
/** The agent of this repository, as its users start it. */
export const SIGNET_AGENT: Command = [process.execPath, `${ROOT}packages/agent/bin/signet-agent.js`];

/** What a finished command left. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** What it reads on standard input. */
  readonly input?: string | undefined;
}

/** Runs a command to its end; never rejects for an exit code. */
export function runCommand(
  [program, ...first]: Command,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> {
  const { timeoutMs = 60_000, input, ...rest } = options;
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...first, ...args],
      { ...rest, timeout: timeoutMs, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout, stderr: error !== null && stderr === '' ? error.message : stderr });
      },
    );
    if (input === undefined) return;
    // A program that ends before it has read everything is judged by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** A program that runs until it is stopped. Its output goes to a log file, and is kept for questions. */
export class RunningProgram implements AsyncDisposable {
  readonly process: ChildProcess;
  #output = '';
  #exited: Promise<number>;

  constructor(
    [program, ...first]: Command,
    args: readonly string[],
    logFile: string,
    env?: NodeJS.ProcessEnv,
  ) {
    this.process = spawn(program, [...first, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: env ?? process.env,
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
        log.write(chunk);
      });
    }
    this.#exited = new Promise((resolve) => {
      this.process.on('error', () => resolve(127));
      this.process.on('exit', (code) => {
        log.end();
        resolve(code ?? 1);
      });
    });
  }

  /** All that it has written so far. */
  get output(): string {
    return this.#output;
  }

  /** Its exit code, when it has ended. */
  get exited(): Promise<number> {
    return this.#exited;
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Waits until it has written a text. Rejects when it ends first, or after the time given. */
  async wrote(text: string, timeoutMs = 20_000): Promise<void> {
    await until(() => this.#output.includes(text) || !this.running, timeoutMs, `"${text}" in the output`);
    if (!this.#output.includes(text))
      throw new Error(`ended before it wrote "${text}":\n${this.#output.slice(-2000)}`);
  }

  /** Ends it, gently at first. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
    if (this.running) this.process.kill(signal);
    const force = setTimeout(() => this.process.kill('SIGKILL'), 12_000);
    try {
      return await this.#exited;
    } finally {
      clearTimeout(force);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Waits until a condition holds, asking every 50 ms. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  what = 'a condition',
  signal?: AbortSignal,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (signal?.aborted === true) throw new Error(`interrupted while waiting for ${what}`);
    if (performance.now() > end) throw new Error(`gave up waiting for ${what} after ${timeoutMs} ms`);
    await sleep(50);
  }
}
