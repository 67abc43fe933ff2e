import { setTimeout as sleep } from 'node:timers/promises';
import { failed, isFinal } from '../workload-api/failure.ts';
import type { WorkloadApiError } from '../errors.ts';

/** What a follower is told. */
export interface Follower<Value> {
  /** The newest complete state. */
  update(value: Value): void;
  /** The stream failed; it is opened again unless `final`. */
  failure(error: WorkloadApiError, final: boolean): void;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;

/**
 * Keeps a stream of states open until the signal is aborted: opens it again at once when it ends, then with
 * exponential back-off and jitter, which a message resets. Gives up only on what trying again cannot mend.
 *
 * @spec WAPI-4, WE-13, WE-14, WE-15
 */
export async function follow<Value>(
  open: (signal: AbortSignal) => AsyncIterable<Value>,
  follower: Follower<Value>,
  signal: AbortSignal,
): Promise<void> {
  let waitMs = 0;
  while (!signal.aborted) {
    try {
      for await (const value of open(signal)) {
        waitMs = 0;
        follower.update(value);
      }
    } catch (cause) {
      if (signal.aborted) return;
      const error = failed(cause);
      follower.failure(error, isFinal(error));
      if (isFinal(error)) return;
    }
    await pause(waitMs, signal);
    waitMs = Math.min(Math.max(waitMs * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const jittered = ms * (0.8 + Math.random() * 0.4);
  await sleep(jittered, undefined, { signal }).catch(() => undefined);
}
