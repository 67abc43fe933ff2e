import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isTaskId, type Task, type TaskEndCause, type UnixSeconds } from '@signet/core';
import { type Logger, writeFileAtomicSync } from '@signet/daemon';

/** The end of a task as it has to be told to the server. */
export interface TaskReport {
  readonly taskId: string;
  readonly cause: TaskEndCause;
  readonly detail: string;
  readonly at: UnixSeconds;
  /** What was handed out in it does not live beyond; 0: nothing was. */
  readonly issuedUntil: UnixSeconds;
}

/** What an earlier run of the agent left behind. */
export interface TaskRemains {
  /** Ends that the server has not acknowledged. */
  readonly reports: readonly TaskReport[];
  /** Tasks that were active when the agent ended. */
  readonly active: readonly { readonly taskId: string; readonly deadline: UnixSeconds }[];
}

type Line =
  | { readonly begun: string; readonly deadline: UnixSeconds }
  | { readonly ended: TaskReport }
  | { readonly settled: readonly string[] };

const FILE = 'tasks.journal';
const COMPACT_LINES = 8_192;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Which tasks this agent holds, and which ends it has to report: appended to a file in the data directory, so that an agent
 * that is killed ends at its next start what it held, and reports what it had not reported.
 *
 * Lines are not synced: when the whole machine goes, the server ends the tasks by their lease. A line that was not written
 * to its end is passed over.
 */
export class TaskJournal {
  readonly #path: string;
  readonly #logger: Logger;
  readonly #active = new Map<string, UnixSeconds>();
  readonly #reports = new Map<string, TaskReport>();
  #lines = 0;
  #isBroken = false;

  private constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** Opens the journal of a data directory. A file that cannot be read is passed over, with a warning. */
  static open(
    dataDir: string,
    logger: Logger,
  ): { readonly journal: TaskJournal; readonly remains: TaskRemains } {
    const journal = new TaskJournal(join(dataDir, FILE), logger);
    journal.#load();
    const active = [...journal.#active].map(([taskId, deadline]) => ({ taskId, deadline }));
    return { journal, remains: { reports: [...journal.#reports.values()], active } };
  }

  begun({ id, deadline }: Pick<Task, 'id' | 'deadline'>): void {
    this.#write({ begun: id, deadline });
  }

  ended(report: TaskReport): void {
    this.#write({ ended: report });
  }

  /** The server knows of these ends. */
  settled(taskIds: readonly string[]): void {
    if (taskIds.length > 0) this.#write({ settled: taskIds });
  }

  #load(): void {
    try {
      if (!existsSync(this.#path)) return;
      const text = readFileSync(this.#path, 'utf8');
      if (text.length > MAX_BYTES) throw new RangeError('the file is too large');
      for (const line of text.split('\n')) this.#take(line);
      this.#compact();
    } catch (error) {
      this.#logger.warn('The journal of tasks cannot be read, it begins anew', { path: this.#path, error });
      rmSync(this.#path, { force: true });
    }
  }

  #take(text: string): void {
    const line = parseLine(text);
    if (line !== undefined) this.#apply(line);
  }

  #apply(line: Line): void {
    this.#lines += 1;
    if ('begun' in line) this.#active.set(line.begun, line.deadline);
    else if ('ended' in line) {
      this.#active.delete(line.ended.taskId);
      this.#reports.set(line.ended.taskId, line.ended);
    } else {
      for (const id of line.settled) {
        this.#active.delete(id);
        this.#reports.delete(id);
      }
    }
  }

  #write(line: Line): void {
    this.#apply(line);
    try {
      if (this.#isBroken || this.#lines > COMPACT_LINES + 2 * this.#size) this.#compact();
      else appendFileSync(this.#path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
      this.#isBroken = false;
    } catch (error) {
      // Tasks end all the same; only an agent that is killed before the disk has room again forgets to report it.
      if (!this.#isBroken) this.#logger.error('The journal of tasks cannot be written', { error });
      this.#isBroken = true;
    }
  }

  get #size(): number {
    return this.#active.size + this.#reports.size;
  }

  #compact(): void {
    const lines: Line[] = [...this.#active].map(([begun, deadline]) => ({ begun, deadline }));
    for (const ended of this.#reports.values()) lines.push({ ended });
    writeFileAtomicSync(this.#path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    this.#lines = lines.length;
  }
}

function parseLine(text: string): Line | undefined {
  if (text === '') return undefined;
  try {
    const line = JSON.parse(text) as Partial<Record<'begun' | 'ended' | 'settled', unknown>>;
    return isLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

function isLine(line: object): line is Line {
  if ('begun' in line) return typeof line.begun === 'string' && isTaskId(line.begun);
  if ('ended' in line) {
    const { taskId, issuedUntil } = line.ended as TaskReport;
    return isTaskId(taskId) && Number.isSafeInteger(issuedUntil);
  }
  return 'settled' in line && Array.isArray(line.settled);
}
