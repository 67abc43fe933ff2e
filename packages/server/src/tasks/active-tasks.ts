import type { Task } from '@signet/core';
import type { Change } from '../datastore/change-log.ts';
import type { Datastore } from '../datastore/datastore.ts';
import type { TaskLineage } from '../revocation/issuing-barrier.ts';

/** An active task without its texts: what is decided by memory does not need them, and there may be many. */
export type ActiveTask = Omit<Task, 'purpose' | 'audiences' | 'destinations' | 'end'>;

/** Hears of tasks right after the commit that began or ended them. Must not throw. */
export interface TaskListener {
  began?(task: Task): void;
  /** @param isReported - its agent said so. */
  ended?(task: Task, isReported: boolean): void;
}

/** Where they are read from. */
export interface TaskSource {
  readonly tasks: Pick<Datastore['tasks'], 'active'>;
  readonly changes: Pick<Datastore['changes'], 'onCommit'>;
}

/** The active tasks in memory, current with every commit: what is decided by them is decided by what holds. */
export class ActiveTasks implements TaskLineage {
  readonly #tasks = new Map<string, ActiveTask>();
  readonly #ofAgent = new Map<string, Set<string>>();
  readonly #listeners = new Set<TaskListener>();
  #unfollow: () => void = () => undefined;

  /** Reads what is active, and follows the datastore from then on. @throws {StoreError} `ERR_STORE_*`. */
  static async open({ tasks, changes }: TaskSource): Promise<ActiveTasks> {
    const active = new ActiveTasks();
    let keptBack: Change[] | undefined = [];
    active.#unfollow = changes.onCommit((committed) => {
      if (keptBack === undefined) committed.forEach((change) => active.#apply(change));
      else keptBack.push(...committed);
    });
    for (const task of await tasks.active()) active.#add(task);
    keptBack.forEach((change) => active.#apply(change));
    keptBack = undefined;
    return active;
  }

  get size(): number {
    return this.#tasks.size;
  }

  get(id: string): ActiveTask | undefined {
    return this.#tasks.get(id);
  }

  all(): Iterable<ActiveTask> {
    return this.#tasks.values();
  }

  /** The agents that have some. */
  agents(): Iterable<string> {
    return this.#ofAgent.keys();
  }

  get agentCount(): number {
    return this.#ofAgent.size;
  }

  ofAgent(agentId: string): readonly ActiveTask[] {
    return [...(this.#ofAgent.get(agentId) ?? [])].flatMap((id) => this.#tasks.get(id) ?? []);
  }

  lineage(taskId: string): readonly ActiveTask[] | undefined {
    const lineage: ActiveTask[] = [];
    for (let id = taskId; id !== '';) {
      const task = this.#tasks.get(id);
      // What is above it ended first, or in the same commit.
      if (task === undefined) return undefined;
      lineage.push(task);
      id = task.parentId;
    }
    return lineage;
  }

  /** @returns ends it. */
  follow(listener: TaskListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#unfollow();
  }

  #apply(change: Change): void {
    if (change.kind !== 'task') return;
    const { task, isReported = false } = change;
    const before = this.#tasks.get(change.id);
    if (task !== undefined && task.end === undefined) {
      this.#add(task);
      if (before === undefined) for (const listener of this.#listeners) listener.began?.(task);
    } else if (before !== undefined) {
      this.#remove(before);
      if (task !== undefined) for (const listener of this.#listeners) listener.ended?.(task, isReported);
    }
  }

  #add(task: Task): void {
    this.#tasks.set(task.id, withoutTexts(task));
    const ids = this.#ofAgent.get(task.agentId) ?? new Set();
    this.#ofAgent.set(task.agentId, ids.add(task.id));
  }

  #remove({ id, agentId }: ActiveTask): void {
    this.#tasks.delete(id);
    const ids = this.#ofAgent.get(agentId);
    ids?.delete(id);
    if (ids?.size === 0) this.#ofAgent.delete(agentId);
  }
}

function withoutTexts(task: Task): ActiveTask {
  const { id, parentId, spiffeId, entryId, agentId, beganAt, deadline, depth } = task;
  const { budget, issued, begunBy, offlineLease } = task;
  const names = { id, parentId, spiffeId, entryId, agentId, begunBy };
  return { ...names, beganAt, deadline, depth, budget, issued, offlineLease };
}
