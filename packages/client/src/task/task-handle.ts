import type { SpiffeId } from '@signet/core';

/** What of a task concerns those who call, connect or listen in it. */
export interface TaskHandle {
  readonly id: string;
  /** Address of its Workload API: the agent's that it was begun with, or its own. */
  readonly endpoint: string;
  /** The only ones to connect to; empty: any. */
  readonly destinations: readonly SpiffeId[];
  /** Aborted when the task ends, with a {@link TaskEndedError} as its reason. */
  readonly signal: AbortSignal;
}
