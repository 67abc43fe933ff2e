import { delay } from '@signet/daemon';

/** Waits, and says whether there is still a reason to go on: false as soon as the signal aborts. */
export async function lived(delayMs: number, signal: AbortSignal): Promise<boolean> {
  await delay(delayMs, signal).catch(() => undefined);
  return !signal.aborted;
}
