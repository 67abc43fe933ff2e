import { status } from '@grpc/grpc-js';
import { type EndTasksResponseOutput, taskEndToWire } from '@signet/api';
import type { Clock } from '@signet/core';
import { after, backoff, type Logger, type Timer } from '@signet/daemon';
import { callUnary } from '../server-api/call.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { hasStatus } from '../server-api/server-call-error.ts';
import type { TaskJournal, TaskReport } from './task-journal.ts';

/** What reporting ends needs. */
export interface EndReportsDeps {
  readonly connection: Pick<ServerConnection, 'use'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly journal: Pick<TaskJournal, 'ended' | 'settled'>;
}

interface Pending {
  readonly report: TaskReport;
  /** Of the tasks below, of which the server hears by this one. */
  readonly below: TaskReport[];
}

const AT_ONCE = 500;
const RETRY = { initialMs: 200, maxMs: 10_000, factor: 2 };

/** Tells the server of the ends that the agent saw, at once and until it has acknowledged them. */
export class EndReports {
  readonly #deps: EndReportsDeps;
  readonly #pending = new Map<string, Pending>();
  readonly #pauses = backoff(RETRY);
  #sending: Promise<void> | undefined;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(deps: EndReportsDeps, pending: readonly TaskReport[]) {
    this.#deps = deps;
    for (const report of pending) this.#pending.set(report.taskId, { report, below: [] });
  }

  /** What the server may not know yet. */
  *unheard(): Iterable<TaskReport> {
    for (const { report, below } of this.#pending.values()) {
      yield report;
      yield* below;
    }
  }

  isPending(taskId: string): boolean {
    return this.#pending.has(taskId);
  }

  add(report: TaskReport): void {
    this.#pending.set(report.taskId, { report, below: [] });
    this.#deps.journal.ended(report);
    this.#soon();
  }

  /** Tasks that ended with another one: the server hears of them by that one, if it has not heard of that one yet. */
  addBelow(taskId: string, reports: readonly TaskReport[]): void {
    this.#pending.get(taskId)?.below.push(...reports);
    this.#deps.journal.settled(reports.map((report) => report.taskId));
  }

  /** The server ended it by itself: there is nothing to tell it. */
  settle(taskId: string): void {
    this.#pending.delete(taskId);
    this.#deps.journal.settled([taskId]);
  }

  /** The server may be there again: tries now. */
  retry(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#soon();
  }

  /** Tells the server all of it. @returns false when it could not be told. */
  async flushed(): Promise<boolean> {
    this.retry();
    await this.#sending;
    return this.#pending.size === 0;
  }

  #isOver(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  /** What ends in one turn of the event loop goes in one call. */
  #soon(): void {
    if (this.#isClosed || this.#timer !== undefined || this.#sending !== undefined) return;
    if (this.#pending.size === 0) return;
    this.#sending = this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  async #send(): Promise<void> {
    await Promise.resolve();
    while (this.#pending.size > 0 && !this.#isClosed) {
      try {
        await this.#sendSome(Array.from(this.#pending.values(), ({ report }) => report).slice(0, AT_ONCE));
        this.#pauses.reset();
      } catch (error) {
        if (this.#isOver()) return;
        this.#deps.logger.warn('Ends of tasks could not be reported', { count: this.#pending.size, error });
        this.#timer = after(this.#pauses.next(), () => this.retry());
        return;
      }
    }
  }

  /** One that the server does not take must not keep back the others. */
  async #refused(reports: readonly TaskReport[], error: unknown): Promise<void> {
    const [first] = reports;
    if (reports.length > 1) for (const report of reports) await this.#sendSome([report]);
    else if (first !== undefined) {
      this.#deps.logger.error('The server does not take the end of a task', { task_id: first.taskId, error });
      this.settle(first.taskId);
    }
  }

  async #sendSome(reports: readonly TaskReport[]): Promise<void> {
    const endings = reports.map(({ taskId, cause, detail, at }) => ({
      task_id: taskId,
      end: taskEndToWire(cause),
      detail,
      ended_at: at,
    }));
    try {
      await this.#deps.connection.use(({ task }) =>
        callUnary<EndTasksResponseOutput>('EndTasks', this.#deps.clock, (options, done) =>
          task.EndTasks({ endings }, options, done),
        ),
      );
    } catch (error) {
      if (hasStatus(error, status.INVALID_ARGUMENT)) {
        await this.#refused(reports, error);
        return;
      }
      // The server has none of them any more.
      if (!hasStatus(error, status.NOT_FOUND)) throw error;
    }
    const told = reports.filter((report) => this.#pending.get(report.taskId)?.report === report);
    for (const { taskId } of told) this.#pending.delete(taskId);
    this.#deps.journal.settled(told.map(({ taskId }) => taskId));
  }
}
