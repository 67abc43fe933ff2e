import { DEFAULT_TASK_POLICY, type TaskPolicy } from '@signet/core';
import type { Change } from '../datastore/change-log.ts';
import type { Datastore } from '../datastore/datastore.ts';

/** What entries say of tasks, in memory, current with every commit. */
export class TaskPolicies {
  #policies = new Map<string, TaskPolicy>();
  #unfollow: () => void = () => undefined;

  /** Reads them, and follows the datastore from then on. @throws {StoreError} `ERR_STORE_*`. */
  static async open({ tasks, changes }: Pick<Datastore, 'tasks' | 'changes'>): Promise<TaskPolicies> {
    const policies = new TaskPolicies();
    const early: Change[] = [];
    const stopGathering = changes.onCommit((committed) => void early.push(...committed));
    policies.#policies = new Map(await tasks.policies());
    stopGathering();
    policies.#apply(early);
    policies.#unfollow = changes.onCommit((committed) => policies.#apply(committed));
    return policies;
  }

  /** What the entry says; undefined when it says nothing. */
  get(entryId: string): TaskPolicy | undefined {
    return this.#policies.get(entryId);
  }

  /** By rising entry ID, those above one. */
  after(entryId: string, limit: number): readonly (readonly [string, TaskPolicy])[] {
    const found = [...this.#policies].filter(([id]) => id > entryId);
    return found.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit);
  }

  /** What holds for the entry. */
  of(entryId: string): TaskPolicy {
    return this.#policies.get(entryId) ?? DEFAULT_TASK_POLICY;
  }

  close(): void {
    this.#unfollow();
  }

  #apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind !== 'task_policy') continue;
      if (change.policy === undefined) this.#policies.delete(change.id);
      else this.#policies.set(change.id, change.policy);
    }
  }
}
