import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LocalBeginTaskRequestInput, WireTaskOutput } from '@signet/api';

/** A line of `task-holder.ts`. */
export interface HolderLine {
  readonly task?: WireTaskOutput;
  readonly endpoint?: string;
  readonly x509?: { readonly taskId: string; readonly notAfter: number; readonly serial: string };
  readonly token?: string;
  readonly streamEnded?: { readonly code: number; readonly details: string };
  readonly refused?: { readonly code: number; readonly details: string };
  readonly failed?: { readonly code: number; readonly details: string };
  readonly isOver?: boolean;
  readonly isEnded?: boolean;
}

/** A task that was begun, with the first token of it. */
export interface BegunTask {
  readonly holder: TaskHolder;
  readonly id: string;
  readonly token: string;
}

const PROGRAM = fileURLToPath(new URL('task-holder.ts', import.meta.url));

/** A process of its own that holds a task. */
export class TaskHolder implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly lines: HolderLine[] = [];
  #news: () => void = () => undefined;
  #isClosed = false;

  constructor(socket: string, request: LocalBeginTaskRequestInput) {
    const args = ['--conditions=@signet/source', '--no-warnings', PROGRAM, socket, JSON.stringify(request)];
    this.process = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: this.process.stdout ?? process.stdin });
    lines.on('line', (line) => {
      this.lines.push(JSON.parse(line) as HolderLine);
      this.#news();
    });
    lines.on('close', () => {
      this.#isClosed = true;
      this.#news();
    });
  }

  /** Begins a task, and waits until the process has its credentials. */
  static async begin(socket: string, request: LocalBeginTaskRequestInput): Promise<BegunTask> {
    const holder = new TaskHolder(socket, request);
    const { task } = await holder.said((line) => line.task !== undefined || line.failed !== undefined);
    if (task === undefined) {
      await holder[Symbol.asyncDispose]();
      throw new Error(JSON.stringify(holder.lines));
    }
    await holder.said((line) => line.x509 !== undefined);
    const { token } = await holder.said((line) => line.token !== undefined);
    return { holder, id: task.id, token: token ?? '' };
  }

  /** The first line of that kind, when it has come. */
  async said(isWanted: (line: HolderLine) => boolean): Promise<HolderLine> {
    for (;;) {
      const found = this.lines.find(isWanted);
      if (found !== undefined) return found;
      if (this.#isClosed) throw new Error(`the holder is over; it said ${JSON.stringify(this.lines)}`);
      await new Promise<void>((resolve) => (this.#news = resolve));
    }
  }

  tell(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.process.once('exit', () => resolve());
      this.process.kill('SIGKILL');
    });
  }
}
