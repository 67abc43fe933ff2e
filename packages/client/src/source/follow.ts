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

/** Where a follower gets its time and chance from. */
export interface Pace {
  /** Monotonic, milliseconds. */
  nowMs(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Ends after so many milliseconds, or when the signal is aborted; never fails. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const realPace: Pace = {
  nowMs: () => performance.now(),
  random: () => Math.random(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
const STEADY_MS = 1_000;
const JITTER = 0.2;

/**
 * Keeps a stream of states open until the signal is aborted. A stream that has held for a while and given something is
 * opened again at once when it ends; otherwise exponential back-off with jitter spreads the attempts, so that no agent
 * is stormed. Gives up only on what trying again cannot mend.
 *
 * @spec WAPI-4, WE-13, WE-14, WE-15, WE-16
 */
export async function follow<Value>(
  open: (signal: AbortSignal) => AsyncIterable<Value>,
  follower: Follower<Value>,
  signal: AbortSignal,
  pace: Pace = realPace,
): Promise<void> {
  let waitMs = 0;
  while (!signal.aborted) {
    const openedAt = pace.nowMs();
    let messages = 0;
    try {
      for await (const value of open(signal)) {
        // What was on its way when the follower stopped is not heard any more.
        if (isAborted(signal)) return;
        messages++;
        follower.update(value);
      }
    } catch (cause) {
      if (isAborted(signal)) return;
      const error = failed(cause);
      follower.failure(error, isFinal(error));
      if (isFinal(error)) return;
    }
    const wasSteady = messages > 0 && pace.nowMs() - openedAt >= STEADY_MS;
    waitMs = wasSteady ? 0 : Math.min(Math.max(waitMs * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS);
    await pace.wait(waitMs * (1 - JITTER + 2 * JITTER * pace.random()), signal);
  }
}

// A function, for the compiler does not know that a signal changes during an await.
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
