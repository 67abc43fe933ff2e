import type { CallOptions, ClientUnaryCall, ServiceError } from '@grpc/grpc-js';
import type { Clock } from '@signet/core';
import { ServerCallError } from './server-call-error.ts';

/** No call to the server takes longer. @spec SPIRE server API §13 */
export const CALL_TIMEOUT_MS = 30_000;

/** When a call that starts now must be over. */
export function callDeadline(clock: Clock): { readonly deadline: number } {
  return { deadline: clock.nowMs() + CALL_TIMEOUT_MS };
}

/** Starts a unary call of a generated client. */
export type StartUnary<Response> = (
  options: CallOptions,
  done: (error: ServiceError | null, response?: Response) => void,
) => ClientUnaryCall;

/**
 * Carries out a unary call.
 *
 * @param name - the RPC as it is named in errors.
 * @throws {ServerCallError} when the server refuses, cannot be reached or takes too long.
 */
export function callUnary<Response>(
  name: string,
  clock: Clock,
  start: StartUnary<Response>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    start(callDeadline(clock), (error, response) => {
      if (error !== null) reject(new ServerCallError(name, error));
      else resolve(response as Response);
    });
  });
}
