import type { FailClosedPolicy } from '@signet/core';
import { WorkloadApiError } from '../errors.ts';
import { onAbort } from '../abort.ts';
import { abandoned } from '../workload-api/failure.ts';
import { follow } from './follow.ts';
import { Listeners } from './listeners.ts';

/** How a source is opened. */
export interface SourceOptions {
  /** Ends the wait for the first state. Aborting it later changes nothing: close the source instead. */
  readonly signal?: AbortSignal;
  /** Told of each failure from the first attempt on, as the source's own `onFailure`. */
  readonly onFailure?: (error: WorkloadApiError) => void;
  /**
   * What is refused of peers while the agent cannot say what was revoked lately; default: what they were issued in tasks,
   * after three heartbeats of the agent.
   */
  readonly failClosed?: FailClosedPolicy;
}

/** The default of `failClosed`. */
export const FAIL_CLOSED: FailClosedPolicy = { scope: 'task' };

/** Opens a stream of complete states; what `onInvalid` is told of is left out of them. */
export type OpenStream<Value> = (options: {
  readonly signal: AbortSignal;
  readonly onInvalid: (error: WorkloadApiError) => void;
}) => AsyncIterable<Value>;

/**
 * The newest state of a Workload API stream. Withdrawn state is dropped: after a PermissionDenied there is none until
 * the agent gives one again. While the agent is away, or what it sends cannot be used, the state before stays.
 *
 * @spec WAPI-4, WAPI-9, WAPI-10, WAPI-12, WAPI-25
 */
export class LiveState<Value> {
  readonly updates: Listeners<[]> = new Listeners();
  readonly failures: Listeners<[error: WorkloadApiError, final: boolean]> = new Listeners();
  readonly #stop: AbortController = new AbortController();
  #value: Value | undefined;
  #lastFailure: WorkloadApiError | undefined;

  private constructor() {}

  /**
   * Opens the stream, and waits for its first state.
   *
   * @throws {WorkloadApiError} the newest failure, when it is final or the signal is aborted; `ERR_ABORTED` when there
   * was none.
   */
  static async open<Value>(
    openStream: OpenStream<Value>,
    { signal, onFailure }: SourceOptions,
  ): Promise<LiveState<Value>> {
    if (signal?.aborted === true) throw abandoned(signal.reason);
    const state = new LiveState<Value>();
    if (onFailure !== undefined) state.failures.add(onFailure);
    const first = state.#first(signal);
    void state.#run(openStream);
    try {
      await first;
    } catch (error) {
      state.close();
      throw error;
    }
    return state;
  }

  /** @throws {WorkloadApiError} why it was closed, or the reason why there is no state now. */
  get value(): Value {
    if (this.#stop.signal.aborted) throw this.#stop.signal.reason as WorkloadApiError;
    if (this.#value !== undefined) return this.#value;
    throw this.#lastFailure ?? new WorkloadApiError('ERR_UNAVAILABLE', 'nothing has been received yet');
  }

  /** Aborted when the source is closed. */
  get closed(): AbortSignal {
    return this.#stop.signal;
  }

  close(reason: WorkloadApiError = new WorkloadApiError('ERR_UNAVAILABLE', 'the source is closed')): void {
    this.#value = undefined;
    this.updates.clear();
    this.failures.clear();
    this.#stop.abort(reason);
  }

  #run(openStream: OpenStream<Value>): Promise<void> {
    const update = (value: Value): void => {
      this.#value = value;
      this.#lastFailure = undefined;
      this.updates.notify();
    };
    const failure = (error: WorkloadApiError, final: boolean): void => {
      this.#lastFailure = error;
      if (error.code === 'ERR_PERMISSION_DENIED') this.#value = undefined;
      this.failures.notify(error, final);
    };
    const onInvalid = (error: WorkloadApiError): void => {
      this.#lastFailure = error;
      this.failures.notify(error, false);
    };
    return follow((signal) => openStream({ signal, onInvalid }), { update, failure }, this.#stop.signal);
  }

  #first(signal: AbortSignal | undefined): Promise<void> {
    const stopWaiting: (() => void)[] = [];
    const first = new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        reject(this.#lastFailure ?? abandoned(signal?.reason));
      };
      const giveUpIfFinal = (error: WorkloadApiError, final: boolean): void => {
        if (final) reject(error);
      };
      stopWaiting.push(
        onAbort(signal === undefined ? [] : [signal], giveUp),
        this.updates.add(resolve),
        this.failures.add(giveUpIfFinal),
      );
    });
    return first.finally(() => {
      for (const stop of stopWaiting) stop();
    });
  }
}
