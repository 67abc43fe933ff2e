import type { Task } from '@signet/core';
import { after, type Timer } from '@signet/daemon';
import { listServerTasks, type ListTasksDeps } from './list-server-tasks.ts';

/** The agent's side, as far as comparing it needs. */
export interface ReconciledTasks {
  /** Tells the server of the ends that it has not acknowledged. @returns false when it could not be told. */
  reported(): Promise<boolean>;
  /** IDs of the tasks that are held now. */
  heldIds(): Iterable<string>;
  isHeld(id: string): boolean;
  /** Resolves when nothing is being begun any more that was when it was called. */
  begun(): Promise<unknown>;
  /** The server has no such active task. */
  notThere(id: string): void;
  /** The server has a task that is not held. @returns false to have it looked at again a little later. */
  meet(task: Task): boolean;
}

const AGAIN_MS = 1_000;
/** Looks at tasks that could not be met, one after the other. */
const MOST_TRIES = 10;

/** Makes agent and server agree on which tasks are active: with each new feed, and when the server says that they changed. */
export class Reconciler {
  readonly #deps: ListTasksDeps;
  readonly #tasks: ReconciledTasks;
  #isWanted = false;
  #isRunning = false;
  #tries = 0;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(deps: ListTasksDeps, tasks: ReconciledTasks) {
    this.#deps = deps;
    this.#tasks = tasks;
  }

  /** Compares now; once more when it is doing so. */
  run(): void {
    this.#tries = 0;
    this.#isWanted = true;
    if (!this.#isRunning) void this.#runAll();
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false;
      try {
        await this.#runOnce();
      } catch (error) {
        // With the next feed it is tried again.
        this.#deps.logger.warn('Tasks could not be compared with the server', { error });
      }
    }
    this.#isRunning = false;
  }

  /** Whoever lists its tasks has said which ended: the server goes by that. */
  async #runOnce(): Promise<void> {
    if (!(await this.#tasks.reported())) {
      this.#later();
      return;
    }
    const before = [...this.#tasks.heldIds()];
    const listed = new Map((await listServerTasks(this.#deps)).map((task) => [task.id, task]));
    // What was being begun meanwhile is in the list perhaps, and held a moment later.
    await this.#tasks.begun();
    for (const id of before) if (!listed.has(id)) this.#tasks.notThere(id);
    const strangers = [...listed.values()].filter(({ id }) => !this.#tasks.isHeld(id));
    const isDone = strangers.map((task) => this.#tasks.meet(task)).every(Boolean);
    if (!isDone) this.#later();
  }

  #later(): void {
    if (this.#tries >= MOST_TRIES) return;
    this.#tries += 1;
    this.#timer?.cancel();
    this.#timer = after(AGAIN_MS, () => {
      this.#isWanted = true;
      if (!this.#isRunning) void this.#runAll();
    });
  }
}
