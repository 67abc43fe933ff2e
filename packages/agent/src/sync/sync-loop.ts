import type { Bundle, Seconds } from '@signet/core';
import { delay, formatGoDuration, type Logger, monotonicMs } from '@signet/daemon';
import { lived } from '../lived.ts';
import { answerRefusal, type RefusalDeps } from '../attestation/answer-refusal.ts';
import { Alarm } from './alarm.ts';
import { untilNextExpiryMs } from './next-expiry.ts';
import type { SvidUpdater } from './svid-updater.ts';
import { firstPollMs, nextSyncMs } from './sync-plan.ts';
import { synchronize, type SynchronizerDeps } from './synchronizer.ts';
import type { TaintWatch } from './taint-watch.ts';

/** What the loop needs. */
export interface SyncLoopDeps extends SynchronizerDeps, RefusalDeps {
  readonly svids: SvidUpdater;
  readonly taints: TaintWatch;
  readonly interval: Seconds;
  /** the same while the server tells of changes by itself. */
  readonly pushedInterval: Seconds;
  readonly logger: Logger;
  /** a number in [0, 1). */
  readonly draw: () => number;
  /** how long the first synchronization is tried. */
  readonly giveUpAfterMs?: number;
}

const GIVE_UP_AFTER_MS = 60_000;
/** Where there is news all the time, at most half of the time is spent on taking it over. */
const LONGEST_REST_MS = 1_000;

/** Keeps the agent in step with the server: by asking again and again, and at once when there is news. */
export class SyncLoop {
  readonly #deps: SyncLoopDeps;
  readonly #alarm = new Alarm();
  #isPushed = false;
  #failures = 0;
  #isSynced = false;
  #lastBundle: readonly Uint8Array[] = [];

  constructor(deps: SyncLoopDeps) {
    this.#deps = deps;
  }

  /** Whether the agent has heard from the server since it started. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** There is news: synchronizes now, or once more when it is doing so. */
  poke(): void {
    this.#alarm.ring();
  }

  /** Whether the server tells of changes by itself, so that asking is a precaution only. */
  setPushed(isPushed: boolean): void {
    const { interval, draw } = this.#deps;
    this.#isPushed = isPushed;
    if (!isPushed) this.#alarm.notLaterThan(firstPollMs(interval * 1000, draw()));
  }

  /**
   * Synchronizes for the first time; tried again for a minute.
   *
   * @throws {AgentError} when the server refuses the agent; what the last try failed with.
   */
  async first(signal: AbortSignal): Promise<void> {
    const giveUpAt = monotonicMs() + (this.#deps.giveUpAfterMs ?? GIVE_UP_AFTER_MS);
    for (;;) {
      try {
        await this.#round();
        return;
      } catch (error) {
        await answerRefusal(error, 'first-sync', this.#deps, signal);
        const pause = this.#pauseMs();
        if (monotonicMs() + pause > giveUpAt) throw error;
        this.#deps.logger.warn('Failed to synchronize', {
          error,
          retry_interval: formatGoDuration(Math.round(pause) / 1000),
        });
        await delay(pause, signal);
      }
    }
  }

  /**
   * Synchronizes again and again until the signal aborts.
   *
   * @throws {AgentError} when the agent has to stop.
   */
  async run(signal: AbortSignal): Promise<void> {
    while (await this.#alarm.wait(this.#nextMs(), signal)) {
      const beganAtMs = monotonicMs();
      try {
        await this.#round();
      } catch (error) {
        if (signal.aborted) return;
        this.#deps.logger.error('Synchronization failed', { error });
        await answerRefusal(error, 'later', this.#deps, signal);
      }
      if (this.#alarm.isRung) await lived(Math.min(monotonicMs() - beganAtMs, LONGEST_REST_MS), signal);
    }
  }

  /** Nobody tells of an entry that expires. */
  #nextMs(): number {
    const { cache, clock } = this.#deps;
    return Math.min(this.#pauseMs(), untilNextExpiryMs(cache.entries.values(), clock.nowMs()));
  }

  #pauseMs(): number {
    const { interval, pushedInterval, cache, draw } = this.#deps;
    return nextSyncMs({
      intervalMs: interval * 1000,
      pushedIntervalMs: pushedInterval * 1000,
      isPushed: this.#isPushed,
      failures: this.#failures,
      hasSvids: cache.svids.size > 0,
      draw: draw(),
    });
  }

  async #round(): Promise<void> {
    const { cache, jwtSvids, svids, taints, metrics } = this.#deps;
    try {
      const own = await synchronize(this.#deps);
      this.#isSynced = true;
      taints.observe(cache.ownBundle ?? own);
      jwtSvids.retain(cache.entries);
      metrics.gauge(['jwt_svid_cache_size'], jwtSvids.size);
      await this.#storeBundle(own);
      await svids.update();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      throw error;
    }
  }

  /** For the next start. A disk that is full keeps nobody from its SVIDs; it is tried again with each synchronization. */
  async #storeBundle(bundle: Bundle): Promise<void> {
    const { keeper, logger } = this.#deps;
    const authorities = bundle.x509Authorities.map((authority) => authority.der);
    if (sameAuthorities(this.#lastBundle, authorities)) return;
    try {
      await keeper.storeBundle();
      this.#lastBundle = authorities;
    } catch (error) {
      logger.error('Could not store bundle', { error });
    }
  }
}

function sameAuthorities(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((der, i) => Buffer.compare(der, b[i] as Uint8Array) === 0);
}
