import {
  CsrError,
  nowSeconds,
  type RegistrationEntry,
  SignetError,
  type Seconds,
  type SpiffeId,
  TaskError,
  type UnixSeconds,
} from '@signet/core';
import type { AuthorizedEntries } from '../authz/authorized-entries.ts';
import type { IssuedJwtSvid, IssuedX509Svid } from '../ca/certificate-authority.ts';
import type { IssuanceOrigin } from '../ca/issuance-origin.ts';
import type { TaskStore } from '../datastore/task-store.ts';
import { decideEntryJwtSvid, decideEntrySvid, type Decision } from '../issuance/decide-issuance.ts';
import type { IssuanceDeps } from '../issuance/issuance-deps.ts';
import { entryTexts, refusalOf } from '../issuance/refusal.ts';
import { newTokenId } from '../issuance/token-id.ts';
import type { ActiveTask, ActiveTasks } from './active-tasks.ts';
import { taskHasEnded, unknownTask } from './unknown-task.ts';

/** What issuing in tasks needs. */
export interface IssueTaskSvidDeps {
  readonly active: Pick<ActiveTasks, 'get'>;
  /** Guarded: see `guardDatastore`. */
  readonly tasks: Pick<TaskStore, 'get' | 'takeIssue' | 'end'>;
  readonly authorized: Pick<AuthorizedEntries, 'authorizedEntry'>;
  readonly issuance: IssuanceDeps;
}

/** Who asks for a credential, in which task. */
export interface TaskCaller {
  readonly taskId: string;
  readonly agentId: SpiffeId;
}

/**
 * Issues an X.509-SVID in a task; it names the task, and expires with it at the latest.
 *
 * @throws {SignetError} `ERR_NOT_FOUND` the agent has no such task; `ERR_TASK_ENDED`; `ERR_TASK_BUDGET`, which ends it;
 *   `ERR_CSR_*`; `ERR_AUTHORITY_*`.
 */
export async function issueTaskX509Svid(
  request: TaskCaller & { readonly csrDer: Uint8Array },
  deps: IssueTaskSvidDeps,
): Promise<IssuedX509Svid> {
  const { csrDer } = request;
  if (csrDer.length === 0) throw new CsrError('ERR_CSR_MISSING', 'missing CSR');
  const decide = ({ entry, now }: Asked) => decideEntrySvid(entry, deps.issuance.settings, now);
  return inTask(request, deps, decide, async ({ spiffeId, dnsNames, ttl }, { origin, expiresBy }) => {
    const order = { csrDer, names: { spiffeId, dnsNames }, ttl, expiresBy, origin };
    const outcome = await deps.issuance.authority.signX509Svid(order);
    if (!outcome.ok) throw refusalOf(outcome.fault, entryTexts);
    return outcome.svid;
  });
}

/**
 * Issues a JWT-SVID in a task; it names the task, and expires with it at the latest.
 *
 * @throws {SignetError} as {@link issueTaskX509Svid}; `ERR_TASK_AUDIENCE`; `ERR_JWT_*`.
 */
export async function issueTaskJwtSvid(
  request: TaskCaller & { readonly audience: readonly string[] },
  deps: IssueTaskSvidDeps,
): Promise<IssuedJwtSvid> {
  const { settings, authority } = deps.issuance;
  const decide = ({ entry, now }: Asked) => decideEntryJwtSvid(entry, request.audience, settings, now);
  return inTask(request, deps, decide, (grant, { entry, origin, expiresBy }) => {
    const jti = settings.jwtSvidJti || entry.jwtSvidIncludeJti ? { jti: newTokenId() } : {};
    return authority.signJwtSvid({ ...grant, ...jti, expiresBy, origin });
  });
}

interface Asked {
  readonly entry: RegistrationEntry;
  readonly now: UnixSeconds;
}

interface Granted {
  readonly entry: RegistrationEntry;
  readonly origin: IssuanceOrigin;
  readonly expiresBy: UnixSeconds;
}

async function inTask<Grant extends { readonly ttl: Seconds; readonly audience?: readonly string[] }, Svid>(
  { taskId, agentId }: TaskCaller,
  deps: IssueTaskSvidDeps,
  decide: (asked: Asked) => Decision<Grant>,
  sign: (grant: Grant, granted: Granted) => Promise<Svid>,
): Promise<Svid> {
  const task = await requireActive(taskId, agentId, deps);
  const now = nowSeconds(deps.issuance.clock);
  const entry = deps.authorized.authorizedEntry(agentId, task.entryId, now);
  if (entry?.spiffeId.uri !== task.spiffeId) {
    throw new SignetError('ERR_NOT_FOUND', 'entry not found or not authorized');
  }
  const decision = decide({ entry, now });
  if (!decision.granted) throw decision.error;
  if (task.deadline <= now) throw taskHasEnded({ end: { cause: 'deadline', at: task.deadline, detail: '' } });
  const expiresBy = Math.min(now + decision.order.ttl, task.deadline);
  await takeIssue(task, { expiresBy, audience: decision.order.audience ?? [] }, deps);
  const origin = { by: 'entry', entryId: entry.id, agentId, taskId, selectors: entry.selectors } as const;
  // In the turn in which signing begins: what ends the task later than this finds it under way.
  if (deps.active.get(taskId) === undefined) throw await endOf(taskId, deps);
  try {
    return await sign(decision.order, { entry, origin, expiresBy });
  } catch (error) {
    // It was held because its task ended meanwhile: asking again is of no use.
    const isHeld = error instanceof SignetError && error.code === 'ERR_ABORTED';
    throw isHeld && deps.active.get(taskId) === undefined ? await endOf(taskId, deps) : error;
  }
}

async function requireActive(
  taskId: string,
  agentId: SpiffeId,
  deps: IssueTaskSvidDeps,
): Promise<ActiveTask> {
  const task = deps.active.get(taskId);
  if (task?.agentId === agentId.uri) return task;
  // Another's takes the way of one that does not exist.
  const stored = await deps.tasks.get(taskId);
  if (stored?.agentId !== agentId.uri) throw unknownTask();
  throw taskHasEnded(stored);
}

async function takeIssue(
  { id, agentId }: ActiveTask,
  order: Parameters<TaskStore['takeIssue']>[2],
  deps: IssueTaskSvidDeps,
): Promise<void> {
  const issue = await deps.tasks.takeIssue(id, agentId, order);
  switch (issue.outcome) {
    case 'taken':
      return;
    case 'unknown':
      throw unknownTask();
    case 'outside':
      throw new TaskError('ERR_TASK_AUDIENCE', `audience "${issue.audience}" is not one of the task's`);
    case 'ended':
      throw taskHasEnded(issue.task);
    case 'spent': {
      const ending = { id: issue.task.id, cause: 'budgetSpent', detail: '', endedAt: 0 } as const;
      await deps.tasks.end({ endings: [ending], agentId: '', isReported: false, isDryRun: false });
      throw new TaskError('ERR_TASK_BUDGET', 'the budget of the task is spent; it has ended');
    }
  }
}

async function endOf(taskId: string, { tasks }: IssueTaskSvidDeps): Promise<TaskError> {
  return taskHasEnded((await tasks.get(taskId)) ?? {});
}
