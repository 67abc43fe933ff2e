import type { CallOptions, ServiceError } from '@grpc/grpc-js';
import { onAbort } from '../abort.ts';
import { type CallLimits, callOptions } from './call-options.ts';
import { failedOrAbandoned, requireWanted } from './failure.ts';

/** Starts a call with one answer. */
export type StartCall<Wire> = (
  options: CallOptions,
  done: (error: ServiceError | null, response?: Wire) => void,
) => { cancel(): void };

/**
 * Makes a call with one answer, and reads the answer.
 *
 * @throws {WorkloadApiError} when the call fails or the answer cannot be used; `ERR_ABORTED` when a signal is aborted.
 */
export async function unaryCall<Wire, Value>(
  start: StartCall<Wire>,
  read: (wire: Wire) => Value,
  limits: CallLimits,
): Promise<Value> {
  requireWanted(limits);
  let stopWaiting = (): void => undefined;
  try {
    const answer = await new Promise<Wire>((resolve, reject) => {
      const call = start(callOptions(limits), (error, response) => {
        if (error === null) resolve(response as Wire);
        else reject(error);
      });
      stopWaiting = onAbort(limits.signals, () => {
        call.cancel();
      });
    });
    return read(answer);
  } catch (error) {
    throw failedOrAbandoned(error, limits);
  } finally {
    stopWaiting();
  }
}
