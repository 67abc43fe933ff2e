import type { CallOptions } from '@grpc/grpc-js';
import type { WorkloadApiError } from '../errors.ts';

/** What may be said of a call. */
export interface FetchOptions {
  readonly signal?: AbortSignal;
}

/** How a stream of states is read. */
export interface WatchOptions extends FetchOptions {
  /**
   * Told of what cannot be used; it is left out, and the stream goes on. Without it the iteration ends with the error.
   */
  readonly onInvalid?: (error: WorkloadApiError) => void;
  /** Ends the stream with `ERR_UNAVAILABLE` after so many milliseconds; default: never. */
  readonly timeoutMs?: number;
}

/** How a call may end before it is answered. */
export interface CallLimits {
  /** Each may end it. */
  readonly signals: readonly AbortSignal[];
  readonly timeoutMs: number | undefined;
}

/** The deadline of a call that may take so long from now. */
export function callOptions({ timeoutMs }: CallLimits): CallOptions {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}
