import { onAbort } from '../abort.ts';
import type { WorkloadApiError } from '../errors.ts';
import { PeerRevocations, type RevocationKnowledge } from '../revocation/peer-revocations.ts';
import type { TaskHandle } from '../task/task-handle.ts';
import { WorkloadApiClient, type WorkloadApiOptions } from '../workload-api/workload-api-client.ts';
import { FAIL_CLOSED, LiveState, type OpenStream, type SourceOptions } from './live-state.ts';

/** What a source is made of. */
export interface Live<Value> {
  readonly client: WorkloadApiClient;
  readonly state: LiveState<Value>;
  readonly revocations: PeerRevocations;
  readonly task: TaskHandle | undefined;
}

/** Opens the stream that a source follows. */
export type WatchState<Value> = (
  client: WorkloadApiClient,
  stream: Parameters<OpenStream<Value>>[0],
) => AsyncIterable<Value>;

/**
 * Connects to the Workload API, and waits until it has given the first state. In a task everything ends with the task.
 *
 * @param trustDomainOf - the name of the own one, where a state tells.
 * @throws {WorkloadApiError} as {@link LiveState.open}; `ERR_TASK_ENDED`.
 */
export async function openLive<Value>(
  watch: WatchState<Value>,
  options: WorkloadApiOptions & SourceOptions,
  trustDomainOf: (value: Value) => string | undefined = () => undefined,
): Promise<Live<Value>> {
  const { signal, task, failClosed = FAIL_CLOSED } = options;
  const client = new WorkloadApiClient(options);
  try {
    const signals = [signal, task?.signal].filter((each) => each !== undefined);
    const waiting = { ...options, signal: AbortSignal.any(signals) };
    const state = await LiveState.open((stream) => watch(client, stream), waiting);
    state.closed.addEventListener('abort', () => client.close(), { once: true });
    if (task !== undefined) closeWith(task.signal, state);
    const revocations = await PeerRevocations.open(
      (feed) => client.watchRevocations({ signal: feed }),
      failClosed,
      state.closed,
      () => trustDomainOf(state.value),
    );
    return { client, state, revocations, task };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** What all sources have in common. */
export abstract class LiveSource<Value> implements AsyncDisposable {
  readonly #live: Live<Value>;

  protected constructor(live: Live<Value>) {
    this.#live = live;
  }

  /** The newest state. @throws {WorkloadApiError} why there is none. */
  protected get state(): Value {
    return this.#live.state.value;
  }

  /** The task that it was opened in. */
  get task(): TaskHandle | undefined {
    return this.#live.task;
  }

  /** How much is known of what peers may no longer use. */
  get revocations(): RevocationKnowledge {
    return this.#live.revocations.knowledge;
  }

  /** Calls back on every new state. Returns how to stop it. */
  onUpdate(listener: () => void): () => void {
    return this.#live.state.updates.add(listener);
  }

  /**
   * Calls back when the stream to the agent fails, or when something that it sent cannot be used. The stream is opened
   * again by itself unless the error is `ERR_INVALID_ARGUMENT` or `ERR_UNIMPLEMENTED`. Returns how to stop it.
   */
  onFailure(listener: (error: WorkloadApiError) => void): () => void {
    return this.#live.state.failures.add(listener);
  }

  /** Aborted when the source is closed. */
  get closed(): AbortSignal {
    return this.#live.state.closed;
  }

  /** Ends the stream. From then on servers of this source refuse, and its clients fail; open connections stay. */
  close(): void {
    this.#live.state.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

function closeWith(ending: AbortSignal, state: LiveState<unknown>): void {
  const close = (): void => state.close(ending.reason as WorkloadApiError);
  const stop = onAbort([ending], close);
  state.closed.addEventListener('abort', stop, { once: true });
  if (ending.aborted) close();
}
