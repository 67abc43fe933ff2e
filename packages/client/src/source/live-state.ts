import { EventEmitter, once } from 'node:events';
import { WorkloadApiError } from '../errors.ts';
import { failed } from '../workload-api/failure.ts';
import { follow } from './follow.ts';

interface Events {
  update: [];
  failure: [WorkloadApiError];
}

/** How a source is opened. */
export interface SourceOptions {
  /** Ends the wait for the first state, and closes the source when it is aborted later. */
  readonly signal?: AbortSignal;
}

/**
 * The newest state of a Workload API stream. Withdrawn state is dropped: after a PermissionDenied there is none
 * until the agent gives one again.
 *
 * @spec WAPI-9, WAPI-10, WAPI-25
 */
export class LiveState<Value> {
  readonly events: EventEmitter<Events> = new EventEmitter();
  readonly #stop: AbortController = new AbortController();
  #value: Value | undefined;
  #lastFailure: WorkloadApiError | undefined;
  #ended = false;

  private constructor() {
    this.events.setMaxListeners(0);
  }

  /** Opens the stream, and waits for its first state. */
  static async open<Value>(
    open: (signal: AbortSignal) => AsyncIterable<Value>,
    options: SourceOptions,
  ): Promise<LiveState<Value>> {
    const state = new LiveState<Value>();
    options.signal?.addEventListener('abort', () => state.close(), { once: true });
    if (options.signal?.aborted === true) throw failed(options.signal.reason);
    void state.#run(open);
    try {
      await state.#firstUpdate(options.signal);
    } catch (error) {
      state.close();
      throw error;
    }
    return state;
  }

  /** @throws {WorkloadApiError} `ERR_UNAVAILABLE` when closed, or the reason why there is no state now. */
  get value(): Value {
    if (this.#stop.signal.aborted) throw new WorkloadApiError('ERR_UNAVAILABLE', 'the source is closed');
    if (this.#value !== undefined) return this.#value;
    throw this.#lastFailure ?? new WorkloadApiError('ERR_UNAVAILABLE', 'nothing has been received yet');
  }

  /** Aborted when the source is closed. */
  get closed(): AbortSignal {
    return this.#stop.signal;
  }

  close(): void {
    this.#value = undefined;
    this.#stop.abort();
    this.events.removeAllListeners();
  }

  async #run(open: (signal: AbortSignal) => AsyncIterable<Value>): Promise<void> {
    const update = (value: Value): void => {
      this.#value = value;
      this.#lastFailure = undefined;
      this.events.emit('update');
    };
    const failure = (error: WorkloadApiError, final: boolean): void => {
      this.#lastFailure = error;
      this.#ended = final;
      if (error.code === 'ERR_PERMISSION_DENIED') this.#value = undefined;
      this.events.emit('failure', error);
    };
    await follow(open, { update, failure }, this.#stop.signal);
  }

  async #firstUpdate(signal: AbortSignal | undefined): Promise<void> {
    const refused = new AbortController();
    const watchForEnd = (error: WorkloadApiError): void => {
      if (this.#ended) refused.abort(error);
    };
    this.events.on('failure', watchForEnd);
    try {
      const stops = signal === undefined ? [refused.signal] : [refused.signal, signal];
      await once(this.events, 'update', { signal: AbortSignal.any(stops) });
    } catch (error) {
      throw (
        (refused.signal.reason as WorkloadApiError | undefined) ??
        this.#lastFailure ??
        failed(signal?.reason ?? error)
      );
    } finally {
      this.events.off('failure', watchForEnd);
    }
  }
}
