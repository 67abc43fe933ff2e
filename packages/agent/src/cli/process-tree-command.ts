import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { adoptOrphans, after, reapOrphans, signalDescendants } from '@signet/daemon';

/** A command, with what it may need to be started. */
export interface TreeCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** how long processes have between being asked to end and being killed. */
  readonly killAfterMs: number;
}

const FORWARDED = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const;
/** Whoever sends these wants all of it to end. */
const ENDING: readonly NodeJS.Signals[] = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'];
/** A terminal sends these to all of its foreground group by itself. */
const OF_TERMINALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
/** Many processes may end together: they are looked after together. */
const GATHER_MS = 10;
const KILL_AGAIN_MS = 50;
const SIGNALLED = 128;
const NOT_FOUND = 127;
const NOT_STARTED = 126;

/**
 * A command with all processes that come to be below it. This process takes in those whose parent ends, so that none gets
 * away; they are waited for as the command itself is. Signals go to the command; once it has ended of one that asks for
 * its end, the others are asked to end, too.
 */
export class ProcessTree {
  readonly #child: ChildProcess;
  readonly #stops: (() => void)[] = [];
  readonly #killAfterMs: number;
  #exitCode: number | undefined;
  #isToEnd = false;
  #willLook = false;
  #wasEmpty = false;
  #end: (code: number) => void = () => undefined;

  /** Resolves with the exit code of the command when it and all processes below it have ended: 128 and more for a signal. */
  readonly ended: Promise<number> = new Promise((resolve) => (this.#end = resolve));

  constructor({ program, args, env, killAfterMs }: TreeCommand) {
    this.#killAfterMs = killAfterMs;
    adoptOrphans();
    this.#child = spawn(program, args, { env, stdio: 'inherit' });
    this.#child.once('exit', (code, signal) => this.#exited(code ?? SIGNALLED + numberOf(signal)));
    this.#child.once('error', (error: NodeJS.ErrnoException) => {
      process.stderr.write(`${program}: ${error.message}\n`);
      this.#exited(error.code === 'ENOENT' ? NOT_FOUND : NOT_STARTED);
    });
    this.#on('SIGCHLD', () => this.#lookSoon());
    for (const signal of FORWARDED) this.#on(signal, () => this.#forward(signal));
  }

  /** Asks all processes to end, and ends those that have not after a while. */
  terminate(): void {
    signalDescendants(process.pid, constants.signals.SIGTERM);
    // One that was stopped hears nothing before it goes on.
    signalDescendants(process.pid, constants.signals.SIGCONT);
    const timer = after(this.#killAfterMs, () => this.#kill(), { holdsProcess: true });
    this.#stops.push(() => timer.cancel());
  }

  #kill(): void {
    signalDescendants(process.pid, constants.signals.SIGKILL);
    // Some may have been born meanwhile.
    const timer = after(KILL_AGAIN_MS, () => this.#kill(), { holdsProcess: true });
    this.#stops.push(() => timer.cancel());
    this.#lookSoon();
  }

  #forward(signal: NodeJS.Signals): void {
    this.#isToEnd ||= ENDING.includes(signal);
    const isSentAlready = process.stdin.isTTY && OF_TERMINALS.includes(signal);
    if (!isSentAlready && this.#exitCode === undefined) this.#child.kill(signal);
  }

  #exited(code: number): void {
    this.#exitCode ??= code;
    if (this.#isToEnd) this.terminate();
    this.#lookSoon();
  }

  #lookSoon(): void {
    if (this.#willLook) return;
    this.#willLook = true;
    after(GATHER_MS, () => this.#look(), { holdsProcess: true });
  }

  #look(): void {
    this.#willLook = false;
    const isRunning = this.#exitCode === undefined;
    const living = reapOrphans(isRunning ? this.#child.pid : undefined);
    if (isRunning || living > 0) {
      this.#wasEmpty = false;
      return;
    }
    // One look is not one moment: a child may have been handed over behind its back.
    if (!this.#wasEmpty) {
      this.#wasEmpty = true;
      this.#lookSoon();
      return;
    }
    for (const stop of this.#stops) stop();
    this.#end(this.#exitCode ?? NOT_STARTED);
  }

  #on(signal: NodeJS.Signals, listener: () => void): void {
    process.on(signal, listener);
    this.#stops.push(() => void process.off(signal, listener));
  }
}

function numberOf(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
