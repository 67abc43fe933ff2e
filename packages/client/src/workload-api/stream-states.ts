import type { CallOptions, ClientReadableStream } from '@grpc/grpc-js';
import { onAbort } from '../abort.ts';
import type { WorkloadApiError } from '../errors.ts';
import { type CallLimits, callOptions } from './call-options.ts';
import { failed, failedOrAbandoned, requireWanted } from './failure.ts';
import type { Report } from './usable.ts';

/** A stream of the wire, and how its messages become states. */
export interface StateStream<Wire, Value> {
  readonly open: (options: CallOptions) => ClientReadableStream<Wire>;
  readonly read: (wire: Wire, report: Report) => Value;
  /** As in `WatchOptions`. */
  readonly onInvalid: Report | undefined;
}

/**
 * The states that a stream carries, one a message. The call is made when the iteration begins, and cancelled when it
 * ends.
 *
 * @throws {WorkloadApiError} when the stream fails; `ERR_ABORTED` when a signal is aborted.
 * @spec WAPI-12
 */
export async function* streamStates<Wire, Value>(
  { open, read, onInvalid }: StateStream<Wire, Value>,
  limits: CallLimits,
): AsyncGenerator<Value, void, undefined> {
  requireWanted(limits);
  const stream = open(callOptions(limits));
  const stopWaiting = onAbort(limits.signals, () => {
    stream.cancel();
  });
  try {
    for await (const wire of stream as AsyncIterable<Wire>) {
      const state = stateOf(wire, read, onInvalid);
      if (state !== undefined) yield state.value;
    }
  } catch (error) {
    throw failedOrAbandoned(error, limits);
  } finally {
    stopWaiting();
    // A cancelled stream reports its end once more; nobody is listening by then.
    stream.on('error', () => undefined);
    stream.cancel();
  }
}

/** The first state of several. @throws {WorkloadApiError} `ERR_UNAVAILABLE` when there is none. */
export async function firstState<Value>(states: AsyncIterable<Value>): Promise<Value> {
  for await (const state of states) return state;
  throw failed(new Error('the stream ended before its first message'));
}

function stateOf<Wire, Value>(
  wire: Wire,
  read: (wire: Wire, report: Report) => Value,
  onInvalid: Report = fail,
): { readonly value: Value } | undefined {
  try {
    return { value: read(wire, onInvalid) };
  } catch (error) {
    onInvalid(failed(error));
    return undefined;
  }
}

function fail(error: WorkloadApiError): never {
  throw error;
}
