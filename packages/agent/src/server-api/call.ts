import type { CallOptions, ClientUnaryCall, Metadata, ServiceError } from '@grpc/grpc-js';
import type { Clock } from '@signet/core';
import { ServerCallError } from './server-call-error.ts';

/** No call to the server takes longer. @spec SPIRE server API §13 */
export const CALL_TIMEOUT_MS = 30_000;

/** When a call that starts now must be over. */
export function callDeadline(clock: Clock): { readonly deadline: number } {
  return { deadline: clock.nowMs() + CALL_TIMEOUT_MS };
}

type Unary<Request, Response> = (
  request: Request,
  options: CallOptions,
  callback: (error: ServiceError | null, response?: Response) => void,
) => ClientUnaryCall;

/**
 * Carries out a unary call.
 *
 * @param name - the RPC as it is named in errors.
 * @throws {ServerCallError} when the server refuses, cannot be reached or takes too long.
 */
export function callUnary<Request, Response>(
  name: string,
  method: Unary<Request, Response>,
  request: Request,
  options: CallOptions & { readonly signal?: AbortSignal },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const call = method(request, { deadline: options.deadline as number }, (error, response) => {
      options.signal?.removeEventListener('abort', cancel);
      if (error !== null) reject(new ServerCallError(name, error));
      else resolve(response as Response);
    });
    const cancel = (): void => call.cancel();
    options.signal?.addEventListener('abort', cancel, { once: true });
    if (options.signal?.aborted === true) cancel();
  });
}

export type { Metadata };
