import { type LocalBeginTaskResponseOutput, taskFromWire } from '@signet/api';
import { parseSpiffeId, type SpiffeId, type Task as TaskValue, type UnixSeconds } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';
import { failed } from '../workload-api/failure.ts';
import { TaskEndedError } from './task-end.ts';
import type { TaskHandle } from './task-handle.ts';

/** What a task needs of the connection that holds it. */
export interface TaskConnection {
  readonly endpoint: string;
  /** The messages of BeginTask. */
  readonly messages: AsyncIterator<LocalBeginTaskResponseOutput>;
  /** Tells the agent that the task is finished. */
  finish(taskId: string): Promise<void>;
  close(): void;
}

// Timers take no longer ones.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A piece of work that credentials are issued for, and end with. What is fetched in it, by `X509Source.open({ task })`,
 * `JwtSource.open({ task })` or a `new WorkloadApiClient({ task })`, is refused by everyone within the second of its end;
 * connections that were made or accepted with it are cut on both sides.
 *
 * It ends by {@link end} or the end of its `await using` block, with this process however that ends, at its deadline, when
 * the agent says so, and when the agent is gone.
 */
export class Task implements TaskHandle, AsyncDisposable {
  readonly id: string;
  /** Whose task it is: the subject of all its SVIDs. */
  readonly spiffeId: SpiffeId;
  readonly endpoint: string;
  /** Who its JWT-SVIDs may be for; empty: anyone. */
  readonly audiences: readonly string[];
  readonly destinations: readonly SpiffeId[];
  /** When it ends at the latest, by the server's clock. */
  readonly deadline: UnixSeconds;
  readonly #connection: TaskConnection;
  readonly #ended: AbortController = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #ending: Promise<void> | undefined;

  private constructor(task: TaskValue, endpoint: string, connection: TaskConnection) {
    this.id = task.id;
    this.spiffeId = parseSpiffeId(task.spiffeId);
    this.endpoint = endpoint;
    this.audiences = task.audiences;
    this.destinations = task.destinations.map((id) => parseSpiffeId(id));
    this.deadline = task.deadline;
    this.#connection = connection;
    // By how long it may last, not by the clock of this host, which may be another and may be set meanwhile.
    this.#endAfter((task.deadline - task.beganAt) * 1000);
  }

  /**
   * Takes up a task from the first message about it.
   *
   * @throws {WorkloadApiError} what the connection fails with; `ERR_UNAVAILABLE` when it ends without a task.
   */
  static async begin(connection: TaskConnection): Promise<Task> {
    try {
      const first = await connection.messages.next();
      if (first.done === true || first.value.task === null) {
        throw new WorkloadApiError('ERR_UNAVAILABLE', 'Workload API: answer without a task');
      }
      const value = taskFromWire(first.value.task);
      const task = new Task(value, first.value.endpoint || connection.endpoint, connection);
      void task.#follow(value);
      return task;
    } catch (error) {
      connection.close();
      throw failed(error);
    }
  }

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Ends it now, and waits until the agent knows. Never fails: when the agent is away the task ends by that. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }

  async #end(): Promise<void> {
    if (this.signal.aborted) return;
    this.#over(new TaskEndedError('finished'));
    await this.#connection.finish(this.id).catch(() => undefined);
    this.#connection.close();
  }

  async #follow(begun: TaskValue): Promise<void> {
    const end = begun.end === undefined ? await this.#nextEnd() : new TaskEndedError(begun.end.cause);
    // An end of its own is still to be told to the agent, over this connection.
    if (this.signal.aborted) return;
    this.#over(end);
    this.#connection.close();
  }

  async #nextEnd(): Promise<TaskEndedError> {
    const { messages } = this.#connection;
    try {
      for (let next = await messages.next(); next.done !== true; next = await messages.next()) {
        const end = next.value.task === null ? undefined : taskFromWire(next.value.task).end;
        if (end !== undefined) return new TaskEndedError(end.cause);
      }
      return new TaskEndedError('streamClosed');
    } catch (cause) {
      return new TaskEndedError('agentLost', { cause });
    }
  }

  /** The first end stands. */
  #over(end: TaskEndedError): void {
    clearTimeout(this.#timer);
    this.#ended.abort(end);
  }

  #endAfter(ms: number): void {
    const wait = Math.min(ms, LONGEST_TIMER_MS);
    const next = (): void => {
      if (ms > wait) {
        this.#endAfter(ms - wait);
        return;
      }
      this.#over(new TaskEndedError('deadline'));
      this.#connection.close();
    };
    this.#timer = setTimeout(next, wait).unref();
  }
}
