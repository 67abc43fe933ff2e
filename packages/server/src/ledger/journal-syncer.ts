import { after, monotonicMs } from '@signet/daemon';

/** What can be brought to stable storage. */
export interface Syncable {
  sync(): Promise<void>;
}

/** How a round ended; the error is that of the operating system. */
export interface SyncOutcome {
  readonly elapsedMs: number;
  readonly error?: unknown;
}

interface Round {
  readonly files: Set<Syncable>;
  readonly begunMs: number;
  readonly done: Promise<void>;
  readonly settle: (work: Promise<void>) => void;
}

/** Brings what was written to stable storage in rounds: one is under way at most, and one gathers. */
export class JournalSyncer {
  readonly #delayMs: number;
  readonly #onEnd: (outcome: SyncOutcome) => void;
  #gathering: Round | undefined;
  #isPlanned = false;
  #isRunning = false;

  /** @param delayMs - how long a round gathers, from the first write on. */
  constructor(delayMs: number, onEnd: (outcome: SyncOutcome) => void) {
    this.#delayMs = delayMs;
    this.#onEnd = onEnd;
  }

  /** Takes note of a write; resolves when it is on stable storage, rejects when that failed. */
  wrote(file: Syncable): Promise<void> {
    const round = this.#gathering ?? this.#gather();
    round.files.add(file);
    if (!this.#isRunning && !this.#isPlanned) this.#schedule(round);
    return round.done;
  }

  #gather(): Round {
    let settle: Round['settle'] = () => undefined;
    const done = new Promise<void>((resolve) => {
      settle = resolve;
    });
    // Nobody may be waiting.
    done.catch(() => undefined);
    this.#gathering = { files: new Set(), begunMs: monotonicMs(), done, settle };
    return this.#gathering;
  }

  #schedule(round: Round): void {
    const leftMs = this.#delayMs - (monotonicMs() - round.begunMs);
    this.#isPlanned = leftMs > 0;
    if (this.#isPlanned) after(leftMs, () => this.#run(round));
    else this.#run(round);
  }

  #run(round: Round): void {
    this.#gathering = undefined;
    this.#isPlanned = false;
    this.#isRunning = true;
    round.settle(this.#sync(round.files));
  }

  async #sync(files: ReadonlySet<Syncable>): Promise<void> {
    const startedMs = monotonicMs();
    let failure: { readonly error: unknown } | undefined;
    try {
      await Promise.all([...files].map((file) => file.sync()));
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      this.#isRunning = false;
      this.#onEnd({ elapsedMs: monotonicMs() - startedMs, ...failure });
      if (this.#gathering !== undefined) this.#schedule(this.#gathering);
    }
  }
}
