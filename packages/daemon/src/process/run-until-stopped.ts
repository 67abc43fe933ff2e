import type { Logger } from '../log/logger.ts';
import { deferred } from './deferred.ts';
import { after } from './timer.ts';

/** A program that runs. */
export interface RunningProgram {
  /** Ends it gracefully: no new work, what is under way is finished. */
  stop(): Promise<void>;
  /** resolves or rejects when it cannot go on by itself. */
  readonly failed?: Promise<unknown>;
}

/** What to run, and how to end it. */
export interface RunOptions {
  readonly logger: Logger;
  /** Starts the program; the signal aborts when it has to end before it is up. */
  start(signal: AbortSignal): Promise<RunningProgram>;
  /** how long a graceful end may take; default 10 s. */
  readonly forceAfterMs?: number;
  /** logged at a clean end. */
  readonly stoppedMessage?: string;
  /** Runs at the very end, e.g. to flush the log. */
  finish?(): void;
}

const FORCE_AFTER_MS = 10_000;

type Ending = { readonly code: 0 } | { readonly code: 1; readonly message: string; readonly error: unknown };

interface EndingSignals {
  readonly ending: Promise<Ending>;
  dispose(): void;
}

/** What first asks the program to end: a signal, or an error that nobody caught. */
function watchForEnd(logger: Logger): EndingSignals {
  const end = deferred<Ending>();
  const onSignal = (signal: NodeJS.Signals): void => {
    logger.info('Signal received, stopping', { signal });
    end.resolve({ code: 0 });
  };
  const onUncaught = (error: unknown): void => {
    logger.fatal('Uncaught error', { error });
    end.resolve({ code: 1, message: 'Stopping after an uncaught error', error });
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught);
  const dispose = (): void => {
    process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
    process.off('uncaughtException', onUncaught).off('unhandledRejection', onUncaught);
  };
  return { ending: end.promise, dispose };
}

/** What the promise gives, or undefined when it takes longer. */
async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  const late = deferred<undefined>();
  const timer = after(limitMs, () => late.resolve(undefined), { holdsProcess: true });
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    timer.cancel();
  }
}

async function stopProgram(program: RunningProgram, limitMs: number, logger: Logger): Promise<void> {
  const stopped = program.stop().then(() => true);
  stopped.catch(() => undefined);
  const isClean = await within(stopped, limitMs);
  if (isClean !== true) logger.warn('Stopping takes too long, ending now');
}

function failureOf(program: RunningProgram): Promise<Ending> {
  return (program.failed ?? new Promise<never>(() => undefined)).then(
    (): Ending => ({ code: 1, message: 'Stopped by itself', error: undefined }),
    (error: unknown): Ending => ({ code: 1, message: 'Failed', error }),
  );
}

async function startAndWait(options: RunOptions, ending: Promise<Ending>): Promise<Ending> {
  const { logger, forceAfterMs = FORCE_AFTER_MS } = options;
  const controller = new AbortController();
  const starting = options.start(controller.signal);
  // When it has to end before it is up, the failure of the start says nothing new.
  const up = starting.catch(() => undefined);
  const early = await Promise.race([starting.then(() => undefined), ending]);
  if (early !== undefined) controller.abort();
  const program = await within(up, forceAfterMs);
  if (program === undefined) return early ?? ending;
  const end = early ?? (await Promise.race([ending, failureOf(program)]));
  await stopProgram(program, forceAfterMs, logger);
  return end;
}

/**
 * Runs a program until SIGTERM, SIGINT or a failure, and ends it gracefully.
 *
 * An error that nobody caught is logged, what is under way is drained, and the result is 1.
 *
 * @returns the exit code: 0 after a signal, 1 when it could not start or failed.
 */
export async function runUntilStopped(options: RunOptions): Promise<number> {
  const { logger } = options;
  const watch = watchForEnd(logger);
  try {
    const end = await startAndWait(options, watch.ending);
    if (end.code === 0) logger.info(options.stoppedMessage ?? 'Stopped gracefully');
    else logger.error(end.message, end.error === undefined ? {} : { error: end.error });
    return end.code;
  } catch (error) {
    logger.error('Could not start', { error });
    return 1;
  } finally {
    watch.dispose();
    options.finish?.();
  }
}
