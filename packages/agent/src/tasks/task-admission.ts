import { TaskError } from '@signet/core';
import { BeginAllowance } from './begin-allowance.ts';
import { Shares } from './shares.ts';
import type { TaskLimits } from './task-limits.ts';

/** They are told so, and go: a few are all that there can be with good reason. */
const STRANGERS = { total: 64, perUser: 8 };

/** Who may begin another task, and connect to one. */
export class TaskAdmission {
  /** Connections to the sockets of tasks. */
  readonly connections: Shares;
  /** Connections to the sockets of tasks that are not from their trees. */
  readonly strangers: Shares = new Shares(STRANGERS.total, STRANGERS.perUser);
  readonly #tasks: Shares;
  readonly #trees: Shares;
  readonly #allowance: BeginAllowance;

  constructor(limits: TaskLimits) {
    this.connections = new Shares(limits.connections, limits.connectionsPerUser);
    this.#tasks = new Shares(limits.total, limits.perUser);
    this.#trees = new Shares(limits.trees, limits.treesPerUser);
    this.#allowance = new BeginAllowance(limits.begins);
  }

  /**
   * Counts a task in.
   *
   * @param user - its share.
   * @returns counts it out again.
   * @throws {TaskError} `ERR_TASK_LIMIT`
   */
  enter(user: string, isTree: boolean): () => void {
    const leave = this.#tasks.take(user);
    const leaveTrees = isTree ? this.#trees.take(user) : (): void => undefined;
    if (leave !== undefined && leaveTrees !== undefined) {
      return () => {
        leave();
        leaveTrees();
      };
    }
    leave?.();
    leaveTrees?.();
    throw tooMany();
  }

  /**
   * Counts one begin that the server is asked for.
   *
   * @throws {TaskError} `ERR_TASK_LIMIT` for too many lately.
   */
  spend(user: string): void {
    if (!this.#allowance.take(user)) throw tooMany();
  }
}

function tooMany(): TaskError {
  return new TaskError('ERR_TASK_LIMIT', 'this user has too many tasks, or began too many lately');
}
