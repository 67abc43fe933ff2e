import type { CallOptions, ServiceError } from '@grpc/grpc-js';
import { onAbort } from '../abort.ts';
import { callOptions, type WatchOptions } from './call-options.ts';
import { abandoned, failedOrAbandoned } from './failure.ts';

/** Starts a call with one answer. */
export type StartCall<Wire> = (
  options: CallOptions,
  done: (error: ServiceError | null, response?: Wire) => void,
) => { cancel(): void };

/**
 * Makes a call with one answer, and reads the answer.
 *
 * @throws {WorkloadApiError} when the call fails or the answer cannot be used; `ERR_ABORTED` when the signal is aborted.
 */
export async function unaryCall<Wire, Value>(
  start: StartCall<Wire>,
  read: (wire: Wire) => Value,
  { signal, timeoutMs }: WatchOptions,
): Promise<Value> {
  if (signal?.aborted === true) throw abandoned(signal);
  let stopWaiting = (): void => undefined;
  try {
    const answer = await new Promise<Wire>((resolve, reject) => {
      const call = start(callOptions(timeoutMs), (error, response) => {
        if (error === null) resolve(response as Wire);
        else reject(error);
      });
      stopWaiting = onAbort(signal, () => {
        call.cancel();
      });
    });
    return read(answer);
  } catch (error) {
    throw failedOrAbandoned(error, signal);
  } finally {
    stopWaiting();
  }
}
