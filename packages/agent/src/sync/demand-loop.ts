import { backoff, type Logger } from '@signet/daemon';
import { lived } from '../lived.ts';
import type { AgentCache } from './agent-cache.ts';
import type { Interest } from './interest.ts';
import type { SvidUpdater } from './svid-updater.ts';

/** What the loop needs. */
export interface DemandLoopDeps {
  readonly cache: AgentCache;
  readonly interest: Interest;
  readonly svids: SvidUpdater;
  readonly logger: Logger;
  /** called for each failure; throws when the agent has to stop. */
  readonly onFailure: (error: unknown) => Promise<void>;
}

const INTERVAL_MS = 500;
const LONGEST_PAUSE_MS = 4 * 60_000;

/**
 * Gets SVIDs for entries that workloads wait for or watch, within half a second of need: at once when one is missing, else
 * twice a second. Failed calls make it wait, from half a second up to four minutes.
 */
export class DemandLoop {
  readonly #deps: DemandLoopDeps;
  #wake: () => void = () => undefined;
  #isPoked = false;

  constructor(deps: DemandLoopDeps) {
    this.#deps = deps;
  }

  /** A workload needs something that may not be there: look now. */
  poke(): void {
    this.#isPoked = true;
    this.#wake();
  }

  /** Works until the signal aborts. @throws {AgentError} when the agent has to stop. */
  async run(signal: AbortSignal): Promise<void> {
    const pauses = backoff({ initialMs: INTERVAL_MS, maxMs: LONGEST_PAUSE_MS, factor: 1.5 });
    while (await this.#tick(signal)) {
      if (this.#deps.interest.isEmpty) continue;
      try {
        await this.#deps.svids.update();
        pauses.reset();
      } catch (error) {
        this.#deps.logger.warn('SVIDs could not be fetched', { error });
        await this.#deps.onFailure(error);
        await lived(pauses.next(), signal);
      }
    }
  }

  /** Resolves after half a second, or when it is poked; false when the signal aborted. */
  async #tick(signal: AbortSignal): Promise<boolean> {
    if (!this.#isPoked) {
      const controller = new AbortController();
      this.#wake = () => controller.abort();
      await lived(INTERVAL_MS, AbortSignal.any([signal, controller.signal]));
      this.#wake = () => undefined;
    }
    this.#isPoked = false;
    return !signal.aborted;
  }
}
