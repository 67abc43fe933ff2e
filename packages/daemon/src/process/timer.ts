import { monotonicMs } from './clock.ts';

/** A timer that has been set. */
export interface Timer {
  /** After this it does not fire. */
  cancel(): void;
}

/** What `after` may be told. */
export interface TimerOptions {
  /** keep the process running until the timer fires; default false. */
  readonly holdsProcess?: boolean;
}

// Node fires a longer one at once.
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Runs something once after a delay of any length; never early, and an infinite delay never.
 *
 * @param delayMs - below 0 counts as 0; not a number is refused with a RangeError.
 */
export function after(delayMs: number, run: () => void, options: TimerOptions = {}): Timer {
  if (Number.isNaN(delayMs)) throw new RangeError('a delay must be a number');
  const dueAt = monotonicMs() + Math.max(0, delayMs);
  let timeout: NodeJS.Timeout | undefined;
  const arm = (): void => {
    const left = dueAt - monotonicMs();
    if (left <= 0) {
      run();
      return;
    }
    timeout = setTimeout(arm, Math.min(Math.ceil(left), MAX_TIMEOUT_MS));
    if (options.holdsProcess !== true) timeout.unref();
  };
  timeout = setTimeout(arm, Math.min(Math.ceil(Math.max(0, delayMs)), MAX_TIMEOUT_MS));
  if (options.holdsProcess !== true) timeout.unref();
  return { cancel: () => clearTimeout(timeout) };
}

/**
 * Resolves after the delay.
 *
 * @throws the signal's reason when it aborts first.
 */
export function delay(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      timer.cancel();
      reject(signal?.reason as Error);
    };
    const timer = after(
      delayMs,
      () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
      { holdsProcess: true },
    );
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
