import type { Logger } from '../log/logger.ts';
import { jittered } from './jitter.ts';
import { after, type Timer } from './timer.ts';

/** A task that runs again and again. */
export interface Repetition {
  /** Aborts the running round and waits for its end; no other begins. */
  stop(): Promise<void>;
  /** Runs as soon as possible: now, or right after the round that is running. */
  trigger(): void;
}

/** How a task is repeated. */
export interface RepetitionOptions {
  readonly logger: Logger;
  /** names the task in the log when a round fails. */
  readonly name: string;
  /** share of spread of the interval; default 0. */
  readonly jitter?: number;
  /** run at once instead of after the first interval; default false. */
  readonly immediately?: boolean;
}

/**
 * Runs a task again and again, never twice at once.
 *
 * A round that fails is logged and does not end the repetition.
 *
 * @param intervalMs - from the end of one round to the start of the next.
 */
export function every(
  intervalMs: number,
  task: (signal: AbortSignal) => Promise<void> | void,
  options: RepetitionOptions,
): Repetition {
  const controller = new AbortController();
  let timer: Timer | undefined;
  let running: Promise<void> | undefined;
  let isTriggered = false;

  const runOnce = async (): Promise<void> => {
    try {
      await task(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) options.logger.error(`${options.name} failed`, { error });
    }
  };
  const plan = (delayMs: number): void => {
    if (controller.signal.aborted) return;
    timer?.cancel();
    timer = after(delayMs, begin);
  };
  const begin = (): void => {
    if (controller.signal.aborted || running !== undefined) return;
    isTriggered = false;
    running = runOnce().finally(() => {
      running = undefined;
      plan(isTriggered ? 0 : jittered(intervalMs, options.jitter ?? 0));
    });
  };

  plan(options.immediately === true ? 0 : jittered(intervalMs, options.jitter ?? 0));
  return {
    trigger() {
      isTriggered = true;
      if (running === undefined) plan(0);
    },
    async stop() {
      controller.abort();
      timer?.cancel();
      await running;
    },
  };
}
