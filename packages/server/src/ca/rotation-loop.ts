import type { Clock, TrustDomain } from '@signet/core';
import type { Logger, Timer } from '@signet/daemon';
import type { BundleStore } from '../datastore/bundle-store.ts';
import { nextCheckDelayMs, retryDelayMs } from './rotation-plan.ts';
import type { Rotator } from './rotator.ts';

const PRUNE_MS = 6 * 3_600_000;
/** Authorities stay in the bundle this long after their end. */
const PRUNE_GRACE_SECONDS = 24 * 3_600;

export interface RotationLoopDeps {
  readonly trustDomain: TrustDomain;
  readonly rotator: Pick<Rotator, 'rotate' | 'slots' | 'kinds'>;
  readonly bundles: Pick<BundleStore, 'prune'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error' | 'debug'>;
  readonly after: (delayMs: number, run: () => void) => Timer;
}

/** Rotates whenever something is due, at least every 10 s, and prunes the bundle every 6 h, until stopped. */
export function startRotationLoop(deps: RotationLoopDeps): { stop(): Promise<void> } {
  const { rotator, clock, logger, after } = deps;
  const timers = new Map<string, Timer>();
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const schedule = (name: string, delayMs: number, task: () => Promise<number>): void => {
    if (stopped) return;
    const run = (): void => void (running = task().then((next) => schedule(name, next, task)));
    timers.set(name, after(delayMs, run));
  };
  const nextCheck = (): number => nextCheckDelayMs(rotator.slots(), rotator.kinds, clock.nowMs() / 1000);

  schedule('rotate', nextCheck(), async () => {
    try {
      await rotator.rotate();
      return nextCheck();
    } catch (error) {
      logger.error('Failed to rotate authorities', { error });
      return retryDelayMs(rotator.slots());
    }
  });
  schedule('prune', PRUNE_MS, async () => {
    try {
      const pruned = await deps.bundles.prune(
        deps.trustDomain,
        Math.floor(clock.nowMs() / 1000) - PRUNE_GRACE_SECONDS,
      );
      if (pruned) logger.debug('Expired authorities pruned from the bundle');
    } catch (error) {
      logger.error('Failed to prune the bundle', { error });
    }
    return PRUNE_MS;
  });

  return {
    async stop() {
      stopped = true;
      for (const timer of timers.values()) timer.cancel();
      await running;
    },
  };
}
