import type {
  RegistrationEntry,
  Task,
  TaskEndCause,
  TaskPolicy,
  TaskRequest,
  UnixSeconds,
} from '@signet/core';
import type { CreateEntryOutcome, NewEntry } from './entry-store.ts';
import type { Page, PageRequest } from './page.ts';
import type { RevocationGrounds, RevokeResult } from './revocation-store.ts';

/** A task to begin. */
export interface NewTask {
  /** Chosen by who begins it, 128 random bits. */
  readonly id: string;
  readonly entryId: string;
  /** SPIFFE ID of the agent that serves it. */
  readonly agentId: string;
  /** '' for none. */
  readonly parentId: string;
  /** Checked by itself: `checkTaskRequest`. */
  readonly request: TaskRequest;
  /** The agent's, so that a repeated call begins one task only; '' for none. */
  readonly idempotencyKey: string;
  /** Who begins it through the operators' API, else ''. */
  readonly begunBy: string;
}

/** What became of a credential that is about to be issued in a task. */
export type IssueOutcome =
  /** It counts. */
  | { readonly outcome: 'taken'; readonly task: Task }
  /** The task has ended. */
  | { readonly outcome: 'ended'; readonly task: Task }
  /** The budget of this task, or of one above it, is spent. */
  | { readonly outcome: 'spent'; readonly task: Task }
  /** It names an audience that is not one of the task's. */
  | { readonly outcome: 'outside'; readonly audience: string }
  /** There is no such task, or it is another agent's. */
  | { readonly outcome: 'unknown' };

/** The end of one task. */
export interface TaskEndOrder {
  readonly id: string;
  readonly cause: TaskEndCause;
  readonly detail: string;
  /** When it ended by who says so; 0: now. */
  readonly endedAt: UnixSeconds;
}

/** Tasks to end. */
export interface EndTasksOrder {
  readonly endings: readonly TaskEndOrder[];
  /** Only tasks of this agent count as known; '': all do. */
  readonly agentId: string;
  /** Their agent says so: it need not be told. */
  readonly isReported: boolean;
  /** Why and by whom, where somebody asked for it. */
  readonly grounds?: RevocationGrounds;
  /** Only counts. */
  readonly isDryRun: boolean;
}

/** What ended. */
export interface EndTasksResult extends RevokeResult {
  /** Those that were named and are known, whenever they ended. */
  readonly named: readonly Task[];
  /** Those that ended now, with those below. */
  readonly ended: readonly Task[];
}

/** Which tasks a list covers; all that is present must hold. */
export interface TaskFilter {
  readonly spiffeId?: string;
  readonly entryId?: string;
  readonly agentId?: string;
  readonly parentId?: string;
  readonly isActive?: boolean;
}

/**
 * Tasks, and what entries say of them. Deleting or changing an entry, and banning or deleting an agent, end their tasks in
 * their own transactions.
 */
export interface TaskStore {
  /**
   * Begins a task, or finds the one that was begun with the same key.
   *
   * @throws {StoreError} `ERR_NOT_FOUND` there is no such entry or agent, or the parent is no task of the agent;
   *   `ERR_TASK_ENDED` the parent has ended; `ERR_TASK_SCOPE`, `ERR_INVALID_ARGUMENT` it asks for more than it may;
   *   `ERR_TASK_LIMIT`; `ERR_ALREADY_EXISTS` the key is that of another task.
   */
  begin(task: NewTask): Promise<{ readonly isNew: boolean; readonly task: Task }>;

  /**
   * Counts a credential before it is issued, in the task and in all above it; what was counted is never given back.
   *
   * @param issue - when it expires at the latest, and whom it names.
   */
  takeIssue(
    id: string,
    agentId: string,
    issue: { readonly expiresBy: UnixSeconds; readonly audience: readonly string[] },
  ): Promise<IssueOutcome>;

  /**
   * Ends tasks and all below them, revokes what hangs from them and notes that in the ledger, in one transaction. The
   * first end of a task stands.
   *
   * @throws {StoreError} `ERR_NOT_FOUND` none of them is known.
   */
  end(order: EndTasksOrder): Promise<EndTasksResult>;

  /** The task of that ID. */
  get(id: string): Promise<Task | undefined>;

  /**
   * Tasks that pass the filter, newest first. A page may be shorter than asked for.
   *
   * @throws {StoreError} `ERR_STORE_PAGE_TOKEN` the page token is not one of ours.
   */
  list(filter: TaskFilter, page: PageRequest): Promise<Page<Task>>;

  /** All active tasks. */
  active(): Promise<readonly Task[]>;

  /** Forgets tasks that ended before the time; how many. */
  prune(endedBefore: UnixSeconds): Promise<number>;

  /** What the entry says of tasks; undefined when it says nothing. */
  policy(entryId: string): Promise<TaskPolicy | undefined>;

  /** What all entries say of tasks, by entry ID. */
  policies(): Promise<ReadonlyMap<string, TaskPolicy>>;

  /** Creates an entry together with what it says of tasks: at no moment does it hold without. */
  createEntry(entry: NewEntry, policy: TaskPolicy): Promise<CreateEntryOutcome>;

  /**
   * Changes what an entry says of tasks. What it was issued outside of tasks is revoked when from now on nothing is.
   *
   * @throws {StoreError} `ERR_NOT_FOUND` there is no such entry.
   */
  setPolicy(entryId: RegistrationEntry['id'], policy: TaskPolicy): Promise<TaskPolicy>;
}
