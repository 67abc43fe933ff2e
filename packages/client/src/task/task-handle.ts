import type { SpiffeId } from '@signet/core';

/** What of a task concerns those who call, connect or listen in it. */
export interface TaskHandle {
  readonly id: string;
  /** Address of the agent that it was begun with. */
  readonly endpoint: string;
  /** The only ones to connect to; empty: any. */
  readonly destinations: readonly SpiffeId[];
  /** Aborted when the task ends, with a {@link TaskEndedError} as its reason. */
  readonly signal: AbortSignal;
}
