import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { StolenTask, Victims } from './stolen-task.ts';

/** When what belonged to a task was refused, as `performance.now()` has it; Infinity for not at all. */
export interface Refusals {
  /** A peer refused a new handshake. */
  readonly handshakeAt: number;
  /** A peer cut the connection that was open. */
  readonly cutAt: number;
  /** The other agent refused the token. */
  readonly validateAt: number;
}

/** How to watch. */
export interface WatchOptions {
  readonly victims: Victims;
  /** Between two tries, milliseconds. */
  readonly paceMs: number;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/** Tries a task's credentials until all of them are refused. @param open - a connection that was accepted. */
export async function watchEnd(task: StolenTask, open: TLSSocket, options: WatchOptions): Promise<Refusals> {
  const { victims, signal } = options;
  const [handshakeAt, cutAt, validateAt] = await Promise.all([
    untilRefused(() => task.isWelcome(victims), options),
    once(open, 'close', { signal }).then(
      () => performance.now(),
      () => Infinity,
    ),
    untilRefused(() => task.isValid(victims), options),
  ]);
  open.destroy();
  return { handshakeAt, cutAt, validateAt };
}

/** What is accepted that may not be, tried again and again for a while. */
export async function acceptedAgain(
  tasks: readonly StolenTask[],
  { victims, paceMs }: Omit<WatchOptions, 'signal'>,
  forMs: number,
): Promise<readonly string[]> {
  const end = performance.now() + forMs;
  const found: string[] = [];
  const tell = (task: StolenTask, what: string): void => {
    const late = Math.round(performance.now() - end + forMs);
    found.push(`${what} of task ${task.loot.id}, ${late} ms after the recovery`);
  };
  const check = async (task: StolenTask): Promise<void> => {
    do {
      if (await task.isWelcome(victims).catch(() => false)) tell(task, 'handshake');
      if (await task.isValid(victims).catch(() => false)) tell(task, 'token');
      await delay(paceMs);
    } while (performance.now() < end);
  };
  await Promise.all(tasks.map(check));
  return found;
}

/** When the answer is no. What cannot be asked is asked again. */
async function untilRefused(
  isAccepted: () => Promise<boolean>,
  { paceMs, signal }: WatchOptions,
): Promise<number> {
  while (!signal.aborted) {
    if (!(await isAccepted().catch(() => true))) return performance.now();
    await delay(paceMs);
  }
  return Infinity;
}
