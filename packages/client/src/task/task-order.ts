import type { LocalBeginTaskRequestInput } from '@signet/api';
import { parseSpiffeId, type Seconds, type SpiffeId } from '@signet/core';
import type { FetchOptions } from '../workload-api/call-options.ts';
import type { TaskHandle } from './task-handle.ts';

/** What a task is begun with. */
export interface TaskOrder extends FetchOptions {
  /** What it is for, 1 to 256 characters; operators see it. */
  readonly purpose: string;
  /** Who its JWT-SVIDs may be for; default: anyone. */
  readonly audience?: string | readonly string[];
  /** SPIFFE IDs that are connected to in the task; default: any. */
  readonly destinations?: readonly (string | SpiffeId)[];
  /** How long it may last, seconds; default: as long as the entry allows. */
  readonly ttl?: Seconds;
  /** How many SVIDs may be issued in it; default: any number. The task ends when more are asked for. */
  readonly budget?: number;
  /** A task of the caller's to be part of: this one ends with it, and may do no more than it. */
  readonly parent?: TaskHandle | string;
  /**
   * Whether the processes that this one starts act in the task, whatever programs they are: they are given `endpoint` of
   * the task as their `SPIFFE_ENDPOINT_SOCKET`. The task ends when they are all gone, too. Default: only this process does.
   */
  readonly isProcessTree?: boolean;
  /** Which of the caller's identities; needed when it has several. */
  readonly spiffeId?: SpiffeId | string;
}

/** The same on the wire. @throws {SpiffeIdError} when an ID is malformed. */
export function taskOrderToWire(order: TaskOrder): LocalBeginTaskRequestInput {
  const { audience = [], parent = '' } = order;
  return {
    purpose: order.purpose,
    audiences: typeof audience === 'string' ? [audience] : [...audience],
    destinations: (order.destinations ?? []).map(uriOf),
    ttl: order.ttl ?? 0,
    budget: order.budget ?? 0,
    parent_id: typeof parent === 'string' ? parent : parent.id,
    is_process_tree: order.isProcessTree ?? false,
    spiffe_id: order.spiffeId === undefined ? '' : uriOf(order.spiffeId),
  };
}

function uriOf(id: SpiffeId | string): string {
  return parseSpiffeId(id.toString()).uri;
}
