import type { RegistrationEntry, Task, TaskEnding, UnixSeconds } from '@signet/core';
import { monotonicMs, type UnixPeer } from '@signet/daemon';
import type { TaskCredentials } from './task-credentials.ts';
import { taskEndedError } from './task-end.ts';
import type { Lineages } from './lineages.ts';
import { isOwner, type TaskOwner } from './task-owner.ts';

/** What a task is made of. */
export interface HeldTaskParts {
  /** as the server began it. */
  readonly task: Task;
  /** of its owner, as it was when the task began. */
  readonly entry: RegistrationEntry;
  readonly credentials: TaskCredentials;
  /** absent for a task that an orchestrator began: whoever has the entry's selectors may name it. */
  readonly owner?: TaskOwner | undefined;
  /** The processes below the owner may use it as well. */
  readonly isTree: boolean;
  readonly lineages: Lineages;
}

/** A task that this agent serves, until its end. */
export class HeldTask {
  readonly entry: RegistrationEntry;
  readonly credentials: TaskCredentials;
  readonly owner: TaskOwner | undefined;
  readonly isTree: boolean;
  /** monotonic. By how long it may last, counted from its begin here: the clocks of server and agent may differ. */
  readonly endsAtMs: number;
  readonly #task: Task;
  readonly #lineages: Lineages;
  readonly #listeners = new Set<(ending: TaskEnding) => void>();
  readonly #members = new WeakSet<UnixPeer>();
  #ending: TaskEnding | undefined;

  constructor({ task, entry, credentials, owner, isTree, lineages }: HeldTaskParts, now: UnixSeconds) {
    this.#task = task;
    this.#lineages = lineages;
    this.entry = entry;
    this.credentials = credentials;
    this.owner = owner;
    this.isTree = isTree;
    const hasLasted = owner === undefined ? Math.max(0, now - task.beganAt) : 0;
    this.endsAtMs = monotonicMs() + (task.deadline - task.beganAt - hasLasted) * 1000;
  }

  get id(): string {
    return this.#task.id;
  }

  get parentId(): string {
    return this.#task.parentId;
  }

  /** As it is now, with how it ended. */
  get task(): Task {
    const issued = Math.max(this.#task.issued, this.credentials.issued);
    return { ...this.#task, issued, ...(this.#ending && { end: this.#ending }) };
  }

  /** How it ended; undefined while it is active. */
  get ending(): TaskEnding | undefined {
    return this.#ending;
  }

  /** @throws {TaskError} `ERR_TASK_ENDED` */
  requireActive(): void {
    if (this.#ending !== undefined) throw taskEndedError(this.#ending);
  }

  /** Whether the process behind a connection is the owner, or of its tree where that counts. */
  isUsableBy(peer: UnixPeer): boolean {
    if (this.owner === undefined) return false;
    return isOwner(this.owner, peer) || (this.isTree && this.#isMember(peer));
  }

  /** Calls the listener once, when it ends. @returns what takes the listener away again. */
  onEnd(listener: (ending: TaskEnding) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends it here; the first end stands. @returns false when it had ended before. */
  finish(ending: TaskEnding): boolean {
    if (this.#ending !== undefined) return false;
    this.#ending = ending;
    this.credentials.drop();
    for (const listener of [...this.#listeners]) listener(ending);
    this.#listeners.clear();
    this.owner?.pidfd.close();
    return true;
  }

  /** Whoever is below the owner stays so while both live: processes get no other ancestors but those they have. */
  #isMember(peer: UnixPeer): boolean {
    const { owner } = this;
    if (owner === undefined || peer.closed) return false;
    if (!this.#members.has(peer) && !this.#lineages.isBelow(peer, owner.process)) return false;
    // Last, so that what was found is of the processes that are held.
    if (!owner.pidfd.isAlive() || !peer.pidfd.isAlive()) return false;
    this.#members.add(peer);
    return true;
  }
}
