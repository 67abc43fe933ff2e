import { after, type Timer } from '@signet/daemon';

/** Gives up on what takes too long, with an error; what it comes to later is not looked at. */
export function within<T>(
  work: Promise<T>,
  limitMs: number,
  late: () => Error,
  setTimer: (delayMs: number, run: () => void) => Timer = after,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimer(limitMs, () => reject(late()));
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}
