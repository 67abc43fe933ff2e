import { TaskError } from '../errors.ts';
import { parseSpiffeId } from '../spiffe-id/spiffe-id.ts';
import type { Seconds, UnixSeconds } from '../time.ts';
import {
  DEFAULT_TASK_TTL,
  MAX_TASK_AUDIENCE_CHARACTERS,
  MAX_TASK_BUDGET,
  MAX_TASK_DEPTH,
  MAX_TASK_NAMES,
  MAX_TASK_SCOPE_CHARACTERS,
  MAX_TASK_TEXT_CHARACTERS,
} from './task-limits.ts';
import type { TaskPolicy, TaskScope } from './task.ts';

/** What somebody who begins a task asks for. */
export interface TaskRequest {
  readonly purpose: string;
  readonly audiences: readonly string[];
  readonly destinations: readonly string[];
  /** 0: the longest that entry and parent allow. */
  readonly ttl: Seconds;
  /** 0: no limit. */
  readonly budget: number;
}

/** What bounds a new task. */
export interface TaskBounds {
  readonly policy: Pick<TaskPolicy, 'maxTtl'>;
  /** When the entry expires; 0: never. */
  readonly entryExpiresAt: UnixSeconds;
  /** Absent for a task without a parent. */
  readonly parent?: TaskScope | undefined;
  readonly now: UnixSeconds;
}

/**
 * Checks what a request says by itself; destinations in their normal form, names without repetition.
 *
 * @throws {TaskError} `ERR_INVALID_ARGUMENT` a field is out of its bounds.
 */
export function checkTaskRequest(request: TaskRequest): TaskRequest {
  const { purpose, ttl, budget } = request;
  if (purpose === '') throw invalid('a task needs a purpose');
  checkTaskText(purpose, 'purpose');
  if (!Number.isSafeInteger(ttl) || ttl < 0) throw invalid('the TTL must not be negative');
  if (!Number.isSafeInteger(budget) || budget < 0 || budget > MAX_TASK_BUDGET) {
    throw invalid(`the budget must be at most ${MAX_TASK_BUDGET}`);
  }
  const audiences = checkNames(request.audiences, 'audiences', checkAudience);
  const destinations = checkNames(request.destinations, 'destinations', normalId);
  const length = [...audiences, ...destinations].reduce((sum, name) => sum + name.length, 0);
  if (length > MAX_TASK_SCOPE_CHARACTERS) {
    throw invalid(`audiences and destinations have ${MAX_TASK_SCOPE_CHARACTERS} characters together at most`);
  }
  return { ...request, audiences, destinations };
}

/**
 * What the task may do: never more than entry and parent allow.
 *
 * A list that is left out is inherited; where the parent has one, the task's must be part of it.
 *
 * @param request - checked: {@link checkTaskRequest}.
 * @throws {TaskError} `ERR_TASK_SCOPE` it is wider than the parent's, or too deep; `ERR_INVALID_ARGUMENT` the TTL is longer
 *   than the entry allows.
 */
export function narrowTaskScope(request: TaskRequest, bounds: TaskBounds): TaskScope {
  const { parent } = bounds;
  const depth = parent === undefined ? 0 : parent.depth + 1;
  if (depth > MAX_TASK_DEPTH) throw tooWide(`a task may have ${MAX_TASK_DEPTH} tasks above it at most`);
  return {
    audiences: narrowed(request.audiences, parent?.audiences ?? [], 'audience'),
    destinations: narrowed(request.destinations, parent?.destinations ?? [], 'destination'),
    deadline: deadlineOf(request.ttl, bounds),
    depth,
  };
}

/** @throws {TaskError} `ERR_INVALID_ARGUMENT` the text is too long or not printable. */
export function checkTaskText(text: string, what: string): void {
  if (text.length > MAX_TASK_TEXT_CHARACTERS) {
    throw invalid(`the ${what} is longer than ${MAX_TASK_TEXT_CHARACTERS} characters`);
  }
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) throw invalid(`the ${what} has characters that cannot be printed`);
}

function deadlineOf(ttl: Seconds, { policy, entryExpiresAt, parent, now }: TaskBounds): UnixSeconds {
  const longest = policy.maxTtl > 0 ? policy.maxTtl : DEFAULT_TASK_TTL;
  if (ttl > longest) throw invalid(`tasks of this entry last ${longest} seconds at most`);
  const rest = (parent?.deadline ?? Infinity) - now;
  // Asked for more than there is: said, not cut, for the owner counts on it. A second passes between two clocks.
  if (ttl > rest + 1) throw tooWide(`the parent ends in ${rest} seconds`);
  const end = Math.min(now + (ttl > 0 ? ttl : longest), parent?.deadline ?? Infinity);
  return entryExpiresAt === 0 ? end : Math.min(end, entryExpiresAt);
}

function narrowed(wanted: readonly string[], allowed: readonly string[], what: string): readonly string[] {
  if (allowed.length === 0) return wanted;
  if (wanted.length === 0) return allowed;
  const outside = wanted.find((name) => !allowed.includes(name));
  if (outside !== undefined) throw tooWide(`${what} "${outside}" is not one of the parent's`);
  return wanted;
}

function checkNames(
  names: readonly string[],
  what: string,
  check: (name: string) => string,
): readonly string[] {
  if (names.length > MAX_TASK_NAMES) throw invalid(`a task has ${MAX_TASK_NAMES} ${what} at most`);
  return [...new Set(names.map(check))];
}

function checkAudience(name: string): string {
  if (name === '') throw invalid('an audience must not be empty');
  if (name.length > MAX_TASK_AUDIENCE_CHARACTERS) {
    throw invalid(`an audience has ${MAX_TASK_AUDIENCE_CHARACTERS} characters at most`);
  }
  if (/\p{C}/u.test(name)) throw invalid('an audience has characters that cannot be printed');
  return name;
}

function normalId(text: string): string {
  try {
    return parseSpiffeId(text).uri;
  } catch (cause) {
    throw new TaskError('ERR_INVALID_ARGUMENT', 'a destination is no SPIFFE ID', { cause });
  }
}

function invalid(message: string): TaskError {
  return new TaskError('ERR_INVALID_ARGUMENT', message);
}

function tooWide(message: string): TaskError {
  return new TaskError('ERR_TASK_SCOPE', message);
}
